import TensorCore
import Testing

@Suite struct ReductionsTests {
  @Test func extremaAndTheirPlaces() {
    let tensor = Tensor([2, 3], [3, -7, 5, 5, 0, -7])
    #expect(tensor.sum == -1)
    #expect(tensor.minimum == -7)
    #expect(tensor.maximum == 5)
    #expect(tensor.indexOfMaximum == 2)
    #expect(Tensor([0, 2]).maximum == 0)
    #expect(Tensor([0, 2]).sum == 0)
  }

  /// Each 1 is below half the spacing of 32-bit numbers at 2^25, so a 32-bit sum would lose all four.
  @Test func sumsAreTakenInSixtyFourBits() {
    let large: Float = 33_554_432
    #expect(Tensor([1, 6], [large, 1, 1, 1, 1, -large]).sum == 4)
    #expect(Tensor([1, 6, 1], [large, 1, 1, 1, 1, -large]).meanOverPositions().values == [Float(4.0 / 6)])
    #expect(Tensor([1, 6], [large, 1, 1, 1, 1, -large]).overChannels(.sum).values == [4])
  }

  @Test func theFirstNumberThatIsNotFiniteIsFound() {
    #expect(Tensor([1, 4], [1, 2, .infinity, .nan]).indexOfFirstNonFinite == 2)
    #expect(Tensor([1, 2], [1, 2]).indexOfFirstNonFinite == nil)
  }

  @Test(arguments: 0...3, [1, 3, 25])
  func theMeanRunsOverAllSpatialAxes(rank: Int, channels: Int) {
    var draw = Draw(seed: rank * 100 + channels)
    let shape = Shape(batch: 2, spatial: (0..<rank).map { _ in draw.int(1...4) }, channels: channels)
    let input = draw.wholeNumbers(shape)
    let expected = byItem(input.values, shape.itemCount) { item in
      (0..<channels).map { channel in
        stride(from: channel, to: item.count, by: channels).reduce(0) { $0 + item[$1] }
          / Double(shape.positions)
      }
    }
    let mean = input.meanOverPositions()
    #expect(mean.shape == [2, channels])
    #expect(largestError(mean, expected) < 1e-6)
  }

  /// Two positions with channels (1, -4, 2) and (0, 3, -3).
  @Test func channelsAreReducedByHand() {
    let tensor = Tensor([1, 2, 3], [1, -4, 2, 0, 3, -3])
    #expect(tensor.overChannels(.sum) == Tensor([1, 2, 1], [-1, 0]))
    #expect(tensor.overChannels(.mean) == Tensor([1, 2, 1], [-1 / 3, 0]))
    #expect(tensor.overChannels(.maximumMagnitude) == Tensor([1, 2, 1], [4, 3]))
    #expect(tensor.overChannels(.keep) == tensor)
  }

  /// Reducing one channel has nothing to do, so that the sign of a one-channel map survives.
  @Test(arguments: ChannelReduction.allCases)
  func oneChannelIsLeftAsItIs(_ reduction: ChannelReduction) {
    let tensor = Tensor([1, 2, 1], [-3, 2])
    #expect(tensor.overChannels(reduction) == tensor)
  }
}
