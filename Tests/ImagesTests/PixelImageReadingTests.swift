import Foundation
import Images
import Testing

@Suite struct PixelImageReadingTests {
  @Test(arguments: Expected.all.images)
  func pixelsAreThoseOfPillow(_ picture: Expected.Picture) throws {
    let image = try PixelImage(contentsOf: picture.path)
    let rgb = Expected.image(picture.rgb, picture.height, picture.width, 3)
    let grey = Expected.image(picture.grey, picture.height, picture.width, 1)
    #expect(try image.converted(toChannels: 3) == rgb)
    #expect(try image.converted(toChannels: 1) == grey)
    if let offset = picture.alpha {
      try #require(image.channels == 2 || image.channels == 4)
      let alpha = stride(from: image.channels - 1, to: image.samples.count, by: image.channels)
        .map { image.samples[$0] }
      #expect(alpha == Expected.image(offset, picture.height, picture.width, 1).samples)
    } else {
      #expect(image.channels == 1 || image.channels == 3)
    }
  }

  @Test func theFirstBytesDecideTheFormatNotTheName() throws {
    try withTemporaryFolder { folder in
      for (file, name) in [("420.jpg", "a.png"), ("rgb-lzw.tif", "b.jpg"), ("rgb-8.png", "c.tif")] {
        let picture = try Expected.picture(file)
        let misnamed = folder.appending(path: name)
        try Data(picture.bytes()).write(to: misnamed)
        #expect(try PixelImage(contentsOf: misnamed.path) == PixelImage(contentsOf: picture.path))
      }
    }
  }

  @Test func aFileInMemoryGivesTheSameImage() throws {
    let picture = try Expected.picture("422.jpg")
    #expect(
      try PixelImage(file: picture.bytes(), named: "422.jpg") == PixelImage(contentsOf: picture.path))
  }

  @Test func aFileLargerThanOneReadIsReadWhole() throws {
    // 400 x 300 pixels of noise do not compress below the 65536 bytes that are read at a time.
    var state: UInt32 = 1
    let noise = (0..<(400 * 300 * 3)).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
    let image = PixelImage(height: 300, width: 400, channels: 3, samples: noise)
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "noise.png").path
      try image.writePNG(to: path)
      #expect(try PixelImage(contentsOf: path) == image)
    }
  }
}
