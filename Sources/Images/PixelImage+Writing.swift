import Boundary
import Foundation
import ImageShims

extension PixelImage {
  /// Writes the image as a PNG file, whole or not at all.
  ///
  /// The same image always gives the same bytes.
  ///
  /// - Parameter path: The path of the file; its folder must exist.
  /// - Throws: `ImageError.notWritable`.
  public func writePNG(to path: String) throws(ImageError) {
    let file = try encodedPNG(for: path)
    do {
      try WholeFile.write(file, to: path)
    } catch WholeFileError.notWritable(_, let reason) {
      throw .notWritable(path: path, reason: reason)
    } catch {
      throw .notWritable(path: path, reason: "\(error)")
    }
  }

  private func encodedPNG(for path: String) throws(ImageError) -> Data {
    guard let rows = UInt32(exactly: height), let columns = UInt32(exactly: width),
      case let bound = image_png_bound(columns, rows, Int32(channels)), bound > 0
    else {
      throw .notWritable(path: path, reason: "\(width) x \(height) pixels are more than a PNG can hold")
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
    guard size > 0 else { throw .notWritable(path: path, reason: problem.words) }
    return file.prefix(size)
  }
}
