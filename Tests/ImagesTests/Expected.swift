import Foundation
import Images
import Testing

/// What Pillow sees in the images under `Resources/images`; `Scripts/make-image-fixtures.py` wrote both.
struct Expected: Decodable {
  struct Picture: Decodable, CustomTestStringConvertible {
    let file: String
    let height, width: Int
    /// Where the samples begin in `expected.bin`.
    let rgb, grey: Int
    let alpha: Int?

    var testDescription: String { file }
    var path: String { Expected.folder.appending(path: "images/\(file)").path }

    func bytes() throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) }
  }

  struct Resizing: Decodable, CustomTestStringConvertible {
    let height, width, channels, newHeight, newWidth: Int
    let samples, resized: Int

    var testDescription: String { "\(width)x\(height)x\(channels) to \(newWidth)x\(newHeight)" }
    var original: PixelImage { Expected.image(samples, height, width, channels) }
    var expected: PixelImage { Expected.image(resized, newHeight, newWidth, channels) }
  }

  let images: [Picture]
  let resizings: [Resizing]

  static let folder: URL = Bundle.module.bundleURL.appending(path: "Resources")

  static let all: Expected = {
    do {
      let index = try Data(contentsOf: folder.appending(path: "expected.json"))
      return try JSONDecoder().decode(Expected.self, from: index)
    } catch {
      fatalError("expected.json cannot be read: \(error)")
    }
  }()

  private static let samples: [UInt8] = {
    do {
      return try [UInt8](Data(contentsOf: folder.appending(path: "expected.bin")))
    } catch {
      fatalError("expected.bin cannot be read: \(error)")
    }
  }()

  static func image(_ offset: Int, _ height: Int, _ width: Int, _ channels: Int) -> PixelImage {
    let count = height * width * channels
    return PixelImage(
      height: height, width: width, channels: channels, samples: Array(samples[offset..<(offset + count)]))
  }

  static func picture(_ file: String) throws -> Picture {
    try #require(all.images.first { $0.file == file })
  }
}

/// Calls a closure with the path of a folder that is removed afterwards.
func withTemporaryFolder(_ body: (URL) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "images-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder)
}
