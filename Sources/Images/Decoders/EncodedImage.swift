import Foundation
import ImageShims

/// The bytes of an image file, of which no more is known than what format they claim to be.
struct EncodedImage {
  /// The largest number of bytes of a file, and of the pixels decoded from it: 1 GiB.
  static let byteLimit = 1 << 30

  /// What errors call the file.
  let path: String
  let format: ImageFormat
  let bytes: [UInt8]

  init(bytes: [UInt8], path: String) throws(ImageError) {
    guard !bytes.isEmpty else { throw .empty(path: path) }
    let firstBytes = Array(bytes.prefix(ImageFormat.signatureLength))
    guard let format = ImageFormat(firstBytes: firstBytes) else {
      throw .unknownFormat(path: path, firstBytes: firstBytes)
    }
    guard bytes.count <= Self.byteLimit else {
      throw .fileTooLarge(path: path, limit: Self.byteLimit)
    }
    self.path = path
    self.format = format
    self.bytes = bytes
  }

  /// Reads a file, but of a file that is no image only the beginning.
  init(contentsOf path: String) throws(ImageError) {
    guard let file = fopen(path, "rb") else { throw Self.systemError(path) }
    defer { fclose(file) }
    var bytes = try Self.read(ImageFormat.signatureLength, from: file, path)
    if ImageFormat(firstBytes: bytes) != nil {
      while bytes.count <= Self.byteLimit {
        let next = try Self.read(min(max(bytes.count, 1 << 16), 1 << 26), from: file, path)
        if next.isEmpty { break }
        bytes += next
      }
    }
    try self.init(bytes: bytes, path: path)
  }

  private static func read(
    _ count: Int, from file: UnsafeMutablePointer<FILE>, _ path: String
  ) throws(ImageError) -> [UInt8] {
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { $1 = fread($0.baseAddress, 1, count, file) }
    guard ferror(file) == 0 else { throw systemError(path) }
    return bytes
  }

  private static func systemError(_ path: String) -> ImageError {
    let code = errno
    return code == ENOENT
      ? .missing(path: path) : .unreadable(path: path, reason: String(cString: strerror(code)))
  }
}

extension EncodedImage {
  /// Refuses an image whose pixels would not fit the memory or do not fit the file.
  ///
  /// - Parameters:
  ///   - height: The declared number of rows.
  ///   - width: The declared number of columns.
  ///   - channels: The channels of the decoded image.
  ///   - needed: The least number of bytes that a file of such an image has; `nil` when it exceeds all numbers.
  /// - Throws: `ImageError.beyondFile` and `ImageError.tooLarge`.
  func checkExtents(height: Int, width: Int, channels: Int, needed: Int?) throws(ImageError) {
    guard let needed, needed <= bytes.count else {
      throw .beyondFile(
        path: path, format: format, height: height, width: width, needed: needed ?? .max,
        fileBytes: bytes.count)
    }
    guard let decoded = product(height, width, channels), decoded <= Self.byteLimit else {
      throw .tooLarge(path: path, format: format, height: height, width: width, limit: Self.byteLimit)
    }
  }

  /// The error that a decoder's problem stands for.
  func error(_ problem: image_problem) -> ImageError {
    problem.cut_short != 0
      ? .cutShort(path: path, format: format, fileBytes: bytes.count)
      : .damaged(path: path, format: format, reason: problem.words)
  }

  /// The error of a part of the format that is not read.
  func unsupported(_ found: String, expected: String) -> ImageError {
    .unsupported(path: path, format: format, found: found, expected: expected)
  }
}

extension image_problem {
  /// The decoder's own words.
  var words: String {
    let text = withUnsafeBytes(of: reason) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return text.isEmpty ? "the decoder gave no reason" : text
  }
}

/// The product of numbers that are not negative; `nil` when it is out of range.
func product(_ factors: Int...) -> Int? {
  factors.reduce(1) { product, factor in
    guard let product else { return nil }
    let (result, overflow) = product.multipliedReportingOverflow(by: factor)
    return overflow ? nil : result
  }
}
