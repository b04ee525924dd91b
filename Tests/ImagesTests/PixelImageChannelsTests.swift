import Images
import Testing

@Suite struct PixelImageChannelsTests {
  @Test func greyWeighsTheColours() throws {
    // 255 * 19595 + 32768 = 5029493, / 65536 = 76.7; 255 * 38470 + 32768 -> 150.2; 255 * 7471 + 32768 -> 29.6.
    let image = PixelImage(
      height: 1, width: 4, channels: 3, samples: [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255])
    #expect(
      try image.converted(toChannels: 1)
        == PixelImage(height: 1, width: 4, channels: 1, samples: [76, 150, 29, 255]))
  }

  @Test func alphaIsDropped() throws {
    let colour = PixelImage(height: 1, width: 1, channels: 4, samples: [10, 20, 30, 0])
    #expect(try colour.converted(toChannels: 3).samples == [10, 20, 30])
    let grey = PixelImage(height: 1, width: 1, channels: 2, samples: [10, 0])
    #expect(try grey.converted(toChannels: 1).samples == [10])
    #expect(try grey.converted(toChannels: 3).samples == [10, 10, 10])
  }

  @Test(arguments: [1, 2, 3, 4], [-1, 0, 2, 4, 5])
  func onlyGreyAndColourCanBeAskedFor(_ channels: Int, _ wanted: Int) {
    let image = PixelImage(
      height: 1, width: 1, channels: channels, samples: [UInt8](repeating: 7, count: channels))
    #expect(throws: ImageError.unknownConversion(from: channels, to: wanted)) {
      try image.converted(toChannels: wanted)
    }
  }
}
