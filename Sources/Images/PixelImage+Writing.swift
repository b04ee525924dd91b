import Boundary
import CZlib
import Foundation
import ImageShims

extension PixelImage {
  /// Writes the image as a PNG file, whole or not at all.
  ///
  /// The same image always gives the same bytes.
  ///
  /// - Parameters:
  ///   - path: The path of the file; its folder must exist.
  ///   - description: What the file says of the image (its text `Description`), in ASCII and without zero bytes; nothing for no text.
  /// - Throws: `ImageError.notWritable`.
  public func writePNG(to path: String, description: String? = nil) throws(ImageError) {
    var file: Data
    do {
      file = try encodedPNG()
    } catch {
      throw .notWritable(path: path, reason: error.reason)
    }
    if let description { file.insert(contentsOf: Self.text(description), at: Self.headerBytes) }
    do {
      try WholeFile.write(file, to: path)
    } catch WholeFileError.notWritable(_, let reason) {
      throw .notWritable(path: path, reason: reason)
    } catch {
      throw .notWritable(path: path, reason: "\(error)")
    }
  }

  /// The image as the bytes of a PNG file; the same image always gives the same bytes.
  ///
  /// - Returns: The content of a file.
  /// - Throws: `PNGEncodingError`.
  package func encodedPNG() throws(PNGEncodingError) -> Data {
    guard let rows = UInt32(exactly: height), let columns = UInt32(exactly: width),
      case let bound = image_png_bound(columns, rows, Int32(channels)), bound > 0
    else {
      throw PNGEncodingError(reason: "\(width) x \(height) pixels are more than a PNG can hold")
    }
    var file = Data(count: bound)
    var problem = image_problem()
    let size = file.withUnsafeMutableBytes { target in
      samples.withUnsafeBufferPointer { samples in
        image_png_write(
          target.bindMemory(to: UInt8.self).baseAddress, bound, samples.baseAddress, columns, rows,
          Int32(channels), &problem)
      }
    }
    guard size > 0 else { throw PNGEncodingError(reason: problem.words) }
    return file.prefix(size)
  }

  /// The bytes of a PNG file up to the end of its header: the signature and the chunk IHDR.
  private static let headerBytes = 33

  /// A chunk of the type tEXt: length, type, keyword, zero, text, checksum of all but the length.
  private static func text(_ description: String) -> Data {
    precondition(
      description.utf8.allSatisfy { (1..<128).contains($0) }, "a PNG text is ASCII without zero bytes")
    let content = Data("tEXtDescription\0\(description)".utf8)
    let checksum = content.withUnsafeBytes { crc32_z(0, $0.bindMemory(to: UInt8.self).baseAddress, $0.count) }
    return bigEndian(UInt32(content.count - 4)) + content + bigEndian(UInt32(truncatingIfNeeded: checksum))
  }

  private static func bigEndian(_ value: UInt32) -> Data { withUnsafeBytes(of: value.bigEndian) { Data($0) } }
}

/// Why an image cannot be a PNG file.
package struct PNGEncodingError: Error {
  /// One clause, such as libpng's own words.
  package let reason: String
}
