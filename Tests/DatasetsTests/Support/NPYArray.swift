import Foundation

/// Writes .npy files of 32-bit numbers.
enum NPYArray {
  static func write(_ values: [Float], shape: [Int], to path: String) throws -> String {
    let extents = shape.map(String.init).joined(separator: ", ")
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(extents)), }"
    let padded = header + String(repeating: " ", count: 128 - 10 - 1 - header.count) + "\n"
    var bytes = Data([0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(padded.utf8.count), 0] + Array(padded.utf8))
    for value in values {
      withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    try bytes.write(to: URL(fileURLWithPath: path))
    return path
  }
}
