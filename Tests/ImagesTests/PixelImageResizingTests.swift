import Images
import Testing

@Suite struct PixelImageResizingTests {
  @Test(arguments: Expected.all.resizings)
  func samplesAreThoseOfPillow(_ resizing: Expected.Resizing) {
    let resized = resizing.original.resized(height: resizing.newHeight, width: resizing.newWidth)
    #expect(resized == resizing.expected)
  }

  @Test func enlargingInterpolatesBetweenSampleCentres() {
    // New centres lie at -0.25, 0.25, 0.75 and 1.25 old samples: 0, 200/4, 200*3/4 and 200.
    let image = PixelImage(height: 1, width: 2, channels: 1, samples: [0, 200])
    #expect(image.resized(height: 1, width: 4).samples == [0, 50, 150, 200])
  }

  @Test func shrinkingWeighsEverySampleInReach() {
    // By 2, the triangle reaches 2 old samples to either side. Around the first new centre (old position 1) samples 0, 1
    // and 2 weigh 3/4, 3/4 and 1/4, in sum 7/4: (60 * 3 + 20 * 3 + 100) / 7 = 48.57. Around the second (old position 3)
    // samples 1, 2 and 3 weigh 1/4, 3/4, 3/4: (20 + 100 * 3 + 4 * 3) / 7 = 47.43.
    let image = PixelImage(height: 4, width: 1, channels: 1, samples: [60, 20, 100, 4])
    #expect(image.resized(height: 2, width: 1).samples == [49, 47])
  }

  @Test func bothPassesRoundToWholeNumbers() {
    // Rows first: (1 + 2) / 2 and (1 + 1) / 2 become 2 (half rounds up) and 1; then (2 + 1) / 2 becomes 2. One rounding of the mean
    // 5 / 4 would give 1.
    let image = PixelImage(height: 2, width: 2, channels: 1, samples: [1, 2, 1, 1])
    #expect(image.resized(height: 1, width: 1).samples == [2])
  }

  @Test func colourBehindFullTransparencyDoesNotBleed() {
    let image = PixelImage(height: 1, width: 2, channels: 4, samples: [255, 0, 0, 0, 0, 0, 255, 255])
    // The red of the first pixel cannot be seen: the mean is blue, half transparent.
    #expect(image.resized(height: 1, width: 1).samples == [0, 0, 255, 128])
  }

  @Test func aConstantImageStaysConstant() {
    let image = PixelImage(height: 7, width: 5, channels: 3, samples: [UInt8](repeating: 255, count: 105))
    let resized = image.resized(height: 13, width: 3)
    #expect(resized.samples.allSatisfy { $0 == 255 })
  }
}
