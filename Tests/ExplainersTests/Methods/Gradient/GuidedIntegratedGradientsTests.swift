import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct GuidedIntegratedGradientsTests {
  /// Which elements move first hangs on the order of gradients, so the bound is that of a path whose points are rounded to 32 bits.
  @Test(arguments: ScoreSpace.allCases)
  func equalTheAlgorithmOfItsAuthors(space: ScoreSpace) throws {
    let answers = try PathAnswers("signal-smooth", in: space)
    for (item, (input, target)) in answers.items.enumerated() {
      let found = try answers.model.explain(
        input, with: .guidedIntegratedGradients(steps: 12), for: target)
      try answers.check(found.map, item, "guided-integrated-gradients/map", within: 1e-4)
    }
  }

  /// A network without kinks or curves has one gradient everywhere: whatever the path, gradient times the way.
  @Test func aLinearNetworkDoesNotCareForThePath() throws {
    let network = try StoredAnswersTests.Network("signal-linear")
    for (input, target) in network.items {
      let found = try network.model.explain(
        input, with: .guidedIntegratedGradients(steps: 7), for: .index(target))
      let product = try network.model.explain(input, with: .gradientTimesInput, for: .index(target)).map
      #expect(found.map.distance(to: product) <= 1e-5)
      #expect(abs(try #require(found.completenessGap)) <= 1e-4)
    }
  }

  @Test func noWayToGoGivesZeros() throws {
    let network = TinyNetwork(rank: 1)
    let zero = Tensor(network.input().shape)
    let found = try network.model().explain(zero, with: .guidedIntegratedGradients(steps: 3))
    #expect(found.map == zero && found.completenessGap == 0)
  }
}
