import Foundation
import TensorCore

/// The one array of an .npy file, under the name of the file.
struct NPYFile: ArraySource {
  private let bytes: [UInt8]
  private let header: NPYHeader
  private let location: ArrayLocation
  let entries: [ArrayEntry]
  let refused: [String: DatasetError]

  /// Reads the header and checks that the file has as many bytes as it announces.
  init(_ bytes: [UInt8], path: String, name: String) throws(DatasetError) {
    let location = ArrayLocation(file: path)
    header = try NPYHeader(bytes, at: location)
    self.bytes = bytes
    self.location = location
    let body = bytes.count - header.dataStart
    entries = try header.entry(named: name, bodyCount: body, at: location).map { [$0] } ?? []
    refused =
      entries.isEmpty ? [name: .array(.unreadableType(header.typeName), at: location)] : [:]
  }

  func array(_ entry: ArrayEntry) throws(DatasetError) -> NumericArray {
    try header.array(in: bytes, at: location)
  }
}
