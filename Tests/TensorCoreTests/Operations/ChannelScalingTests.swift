import TensorCore
import Testing

@Suite struct ChannelScalingTests {
  @Test(arguments: [1, 3, 25, 33], 1...3)
  func everyChannelHasItsOwnLine(channels: Int, rank: Int) {
    var draw = Draw(seed: channels * 10 + rank)
    let shape = Shape(batch: 2, spatial: (0..<rank).map { _ in draw.int(1...4) }, channels: channels)
    let scaling = ChannelScaling(
      scale: draw.wholeNumbers([channels]).values, shift: draw.wholeNumbers([channels]).values)
    let input = draw.wholeNumbers(shape)
    let cotangent = draw.wholeNumbers(shape)
    let channel = (0..<shape.count).map { $0 % channels }
    #expect(
      scaling(input).values == zip(input.values, channel).map { $0 * scaling.scale[$1] + scaling.shift[$1] })
    #expect(
      scaling.pullback(cotangent).values == zip(cotangent.values, channel).map { $0 * scaling.scale[$1] })
  }

  /// gamma 1.5, beta 0.1, mean 0.4, variance 0.25, epsilon 0.001: scale = 1.5 / sqrt(0.251) = 2.994018,
  /// shift = 0.1 - 0.4 * 2.994018 = -1.097607.
  @Test func batchNormalizationByHand() {
    let scaling = ChannelScaling(gamma: [1.5], beta: [0.1], mean: [0.4], variance: [0.25], epsilon: 0.001)
    #expect(abs(scaling.scale[0] - 2.994018) < 1e-6)
    #expect(abs(scaling.shift[0] + 1.097607) < 1e-6)
  }

  /// Without gamma and beta, 1 / sqrt(3 + 1) = 1/2 and -6 / 2 = -3.
  @Test func missingFactorsAreOnesAndMissingSummandsZeros() {
    let scaling = ChannelScaling(gamma: nil, beta: nil, mean: [6], variance: [3], epsilon: 1)
    #expect(scaling.scale == [0.5])
    #expect(scaling.shift == [-3])
  }
}
