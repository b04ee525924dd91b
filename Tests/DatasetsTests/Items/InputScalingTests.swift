import Datasets
import TensorCore
import Testing

@Suite struct InputScalingTests {
  private let values = Tensor([1, 2, 2], [0, 51, 102, 255])

  @Test func pixelsAreDividedBy255AndArraysStay() throws {
    #expect(try InputScaling()(values, isImage: true).values == [0, 0.2, 0.4, 1])
    #expect(try InputScaling()(values, isImage: false) == values)
  }

  @Test func aMeanAndADeviationPerChannelComeAfterTheFactor() throws {
    let scaling = InputScaling(rescale: 2, mean: [100, 2], deviation: [4, 10])
    // (0 * 2 - 100) / 4, (51 * 2 - 2) / 10, (102 * 2 - 100) / 4, (255 * 2 - 2) / 10
    #expect(try scaling(values, isImage: true).values == [-25, 10, 26, 50.8])
  }

  @Test func oneNumberStandsForAllChannels() throws {
    let scaling = InputScaling(mean: [1], deviation: [2])
    #expect(try scaling(values, isImage: false).values == [-0.5, 25, 50.5, 127])
  }

  @Test func anotherNumberOfMeansIsRefused() {
    #expect(throws: InputError.channelCount(option: "mean", expected: 2, found: 3)) {
      try InputScaling(mean: [1, 2, 3])(values, isImage: true)
    }
  }
}
