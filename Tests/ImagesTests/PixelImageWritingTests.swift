import Boundary
import Foundation
import Images
import Testing

@Suite struct PixelImageWritingTests {
  @Test(arguments: 1...4)
  func aWrittenImageReadsBack(_ channels: Int) throws {
    let count = 5 * 7 * channels
    let image = PixelImage(
      height: 5, width: 7, channels: channels, samples: (0..<count).map { UInt8($0 * 37 % 256) })
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "image.png").path
      try image.writePNG(to: path)
      #expect(try PixelImage(contentsOf: path) == image)
      let first = try Data(contentsOf: URL(fileURLWithPath: path))
      try image.writePNG(to: path)
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == first)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["image.png"])
    }
  }

  @Test func aDescriptionIsATextBehindTheHeader() throws {
    let image = PixelImage(height: 1, width: 2, channels: 1, samples: [0, 9])
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "image.png").path
      try image.writePNG(to: path, description: "synthetic")
      // 21 bytes: the keyword of 11, a zero, the text of 9; the checksum is zlib.crc32 of Python.
      let chunk: [UInt8] = [0, 0, 0, 21] + Array("tEXtDescription\0synthetic".utf8) + [223, 190, 235, 31]
      let file = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
      #expect(Array(file[33..<(33 + chunk.count)]) == chunk)
      // The decoder refuses wrong checksums in every chunk.
      #expect(try PixelImage(contentsOf: path) == image)
    }
  }

  @Test func aFolderThatIsNotThereIsAnError() throws {
    let image = PixelImage(height: 1, width: 1, channels: 1, samples: [0])
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "missing/image.png").path
      let error = #expect(throws: ImageError.self) { try image.writePNG(to: path) }
      guard case .notWritable(path, _) = error else {
        Issue.record("unexpected: \(String(describing: error))")
        return
      }
      #expect(error?.failureClass == .usage)
    }
  }
}
