import CZlib

/// Decompression of raw deflate data, over zlib.
enum Inflation {
  /// How an inflation ended.
  enum Outcome: Equatable {
    /// The stream ended, having given these bytes.
    case finished([UInt8])
    /// These bytes are as many as were asked for; the stream may hold more.
    case filled([UInt8])
    /// The stream is damaged or ends too soon.
    case damaged
  }

  /// Inflates at most `limit` bytes.
  ///
  /// - Parameters:
  ///   - bytes: The deflate stream, without any header.
  ///   - limit: The most bytes to give; memory is taken for no more than these.
  /// - Returns: The bytes, and whether the stream ended with them.
  static func inflate(_ bytes: ArraySlice<UInt8>, limit: Int) -> Outcome {
    var stream = z_stream()
    // Negative window bits: no zlib header and no checksum, as in a zip archive.
    let version = ZLIB_VERSION
    guard
      inflateInit2_(&stream, -MAX_WBITS, version, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return .damaged }
    defer { inflateEnd(&stream) }

    var status = Z_OK
    let result = [UInt8](unsafeUninitializedCapacity: limit) { output, count in
      bytes.withUnsafeBufferPointer { input in
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        var unread = input.count
        // zlib counts in 32 bits: larger runs go through in pieces.
        while status == Z_OK {
          let offered = min(unread, Self.piece)
          let room = min(limit - count, Self.piece)
          stream.avail_in = UInt32(offered)
          stream.next_out = output.baseAddress.map { $0 + count }
          stream.avail_out = UInt32(room)
          status = CZlib.inflate(&stream, Z_NO_FLUSH)
          unread -= offered - Int(stream.avail_in)
          count += room - Int(stream.avail_out)
        }
      }
    }
    switch status {
    case Z_STREAM_END: return .finished(result)
    case Z_BUF_ERROR where result.count == limit: return .filled(result)
    default: return .damaged
    }
  }

  /// The checksum that a zip archive keeps of an entry.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer { UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count)) }
  }

  private static let piece = 1 << 30
}
