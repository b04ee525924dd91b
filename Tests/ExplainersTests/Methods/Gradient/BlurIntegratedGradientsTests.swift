import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct BlurIntegratedGradientsTests {
  @Test(arguments: ["signal-relu", "image-relu", "signal-smooth"], ScoreSpace.allCases)
  func equalTheFormula(name: String, space: ScoreSpace) throws {
    let answers = try PathAnswers(name, in: space)
    for (item, (input, target)) in answers.items.enumerated() {
      let found = try answers.model.explain(
        input, with: .blurIntegratedGradients(steps: 9, sigma: 3), for: target)
      try answers.check(found.map, item, "blur-integrated-gradients/map")
      let expected = try answers.number(item, "blur-integrated-gradients/baseline-score")
      #expect(abs(try #require(found.baselineScore) - expected) <= 1e-5 * max(abs(expected), 1))
    }
  }

  /// The sum misses the difference of the scores the less the more steps there are.
  @Test func theGapCloses() throws {
    let network = TinyNetwork(rank: 2)
    let model = try network.model()
    func gap(_ steps: Int) throws -> Double {
      abs(
        try #require(
          try model.explain(network.input(), with: .blurIntegratedGradients(steps: steps)).completenessGap))
    }
    let (few, many) = (try gap(4), try gap(400))
    #expect(many < few / 10)
  }

  @Test func theStrongestBlurIsAQuarterOfTheLongestAxis() throws {
    let network = TinyNetwork(rank: 2)
    let found = try network.model().explain(network.input(), with: .blurIntegratedGradients(steps: 2))
    let longest = try #require(network.input().shape.spatial.max())
    #expect(found.parameters.contains(.init("sigma", "\(Double(longest) / 4)")))
  }
}
