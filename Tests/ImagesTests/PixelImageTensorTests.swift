import Images
import TensorCore
import Testing

@Suite struct PixelImageTensorTests {
  @Test func axesAreBatchRowsColumnsChannels() {
    let image = PixelImage(height: 1, width: 2, channels: 3, samples: [1, 2, 3, 4, 5, 255])
    let tensor = image.tensor()
    #expect(tensor == Tensor([1, 1, 2, 3], [1, 2, 3, 4, 5, 255]))
    #expect(PixelImage(tensor) == image)
  }

  @Test func valuesAreRoundedAndClamped() {
    let values: [Float] = [-3, -0.4, 0.5, 1.49, 254.5, 300, .infinity, -.infinity, .nan]
    let image = PixelImage(Tensor([1, 3, 3, 1], values))
    #expect(image.samples == [0, 0, 1, 1, 255, 255, 255, 0, 0])
  }
}
