import Explainers
import Networks
import TestSupport
import Testing

/// What a pass keeps, counted by hand.
@Suite struct ExplanationMemoryTests {
  /// All values are kept for the way back, where at most two cotangents join them.
  ///
  /// Numbers per value: input 24, convolution with its activation 48, pool 24, second convolution with its activation 25, flatten 25,
  /// dense 3, softmax 3: all 152 are kept for the way back. There the cotangents of dense and flatten join (3 + 25, less dense again), then
  /// that of the second convolution: 152 + 25 + 25 = 202.
  @Test func onePassKeepsItsValuesAndTwoCotangents() throws {
    let model = try TinyNetwork(rank: 1).model()
    #expect(model.passBytes() == 4 * 202)
    // 64 points of the path at a time.
    #expect(model.integratedGradientsBytes == 64 * 4 * 202)
  }

  /// Only what lies behind the maps is kept.
  ///
  /// Up to the second convolution values are let go once they are read; behind it the maps 25, flatten 25, dense 3 and softmax 3 are kept,
  /// and the way back adds 25 + 25. The first convolution and the pool are the most that lie in memory before that: 48 + 24.
  @Test func gradCAMKeepsWhatIsBehindTheMaps() throws {
    let model = try TinyNetwork(rank: 1).model()
    #expect(model.gradCAMBytes == 4 * (25 + 25 + 3 + 3 + 25 + 25))
  }
}
