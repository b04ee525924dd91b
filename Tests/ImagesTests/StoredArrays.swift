import CZlib
import Foundation
import Testing

/// The bytes of the arrays in an .npz file that NumPy's `savez_compressed` wrote.
struct StoredArrays {
  private let file: [UInt8]
  /// Method, compressed and full size, and the place of each member's header.
  private var members: [String: (method: Int, stored: Int, full: Int, start: Int)] = [:]

  init(contentsOf url: URL) throws {
    file = try [UInt8](Data(contentsOf: url))
    // The end of the zip file (22 bytes without a comment) says where its directory begins.
    let end = file.count - 22
    try #require(number(at: end, bytes: 4) == 0x0605_4B50)
    var entry = number(at: end + 16, bytes: 4)
    for _ in 0..<number(at: end + 10, bytes: 2) {
      let nameLength = number(at: entry + 28, bytes: 2)
      let name = String(decoding: file[(entry + 46)..<(entry + 46 + nameLength)], as: UTF8.self)
      members[name] = (
        number(at: entry + 10, bytes: 2), number(at: entry + 20, bytes: 4),
        number(at: entry + 24, bytes: 4), number(at: entry + 42, bytes: 4)
      )
      entry += 46 + nameLength + number(at: entry + 30, bytes: 2) + number(at: entry + 32, bytes: 2)
    }
  }

  /// The elements of an array of bytes, without the header of the .npy member.
  func bytes(_ name: String) throws -> [UInt8] {
    let member = try #require(members["\(name).npy"])
    try #require(member.method == 8)
    let data =
      member.start + 30 + number(at: member.start + 26, bytes: 2) + number(at: member.start + 28, bytes: 2)
    let array = try inflated(Array(file[data..<(data + member.stored)]), count: member.full)
    return Array(array[(10 + Int(array[8]) + Int(array[9]) << 8)...])
  }

  private func inflated(_ source: [UInt8], count: Int) throws -> [UInt8] {
    var (source, target) = (source, [UInt8](repeating: 0, count: count))
    let result = source.withUnsafeMutableBufferPointer { source in
      target.withUnsafeMutableBufferPointer { target in
        var stream = z_stream()
        (stream.next_in, stream.avail_in) = (source.baseAddress, UInt32(source.count))
        (stream.next_out, stream.avail_out) = (target.baseAddress, UInt32(target.count))
        // A negative number of bits: deflate without the header of zlib.
        inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        defer { inflateEnd(&stream) }
        return inflate(&stream, Z_FINISH)
      }
    }
    try #require(result == Z_STREAM_END)
    return target
  }

  private func number(at place: Int, bytes: Int) -> Int {
    file[place..<(place + bytes)].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
