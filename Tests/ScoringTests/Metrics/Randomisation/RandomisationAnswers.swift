import Explainers
import Networks
import Scoring
import TensorCore
import TestSupport
import Testing

/// What the formulas in NumPy, SciPy and scikit-image say of gradient times input of two smooth networks whose layers are drawn anew.
enum RandomisationAnswers {
  static func check(
    _ id: String, _ values: [String: String], is answer: String, on network: String,
    _ compare: (MetricScore, [Double]) throws -> Void
  ) throws {
    let answers = try StoredAnswers(ScoringFixture.path("randomisation.answers.h5"))
    for item in 0..<2 {
      let explanation = try ScoringFixture.explanation(network, item: item, of: answers)
      try compare(
        ScoringFixture.score(id, values, of: explanation), answers.doubles(item, of: "\(network)/\(answer)"))
    }
  }

  /// The similarities of all steps, and their mean.
  static func expectCurve(_ score: MetricScore, _ expected: [Double]) throws {
    #expect(score.curve.count == expected.count)
    for (found, expected) in zip(score.curve, expected) { #expect(abs(found - expected) < 1e-5) }
    #expect(abs(try #require(score.value) - expected.reduce(0, +) / Double(expected.count)) < 1e-5)
  }
}

/// A method that does not look at the model, as an edge detector does not: where the input differs from the position before it.
struct EdgeDetector: Explainer {
  static let info = Gradient.info

  func attribute(_ input: Tensor, of model: Model, for target: Target) throws(ExplanationError) -> Attribution
  {
    var attribution = try Gradient().attribute(input, of: model, for: target)
    let values = input.values
    attribution.map = Tensor(input.shape, values.indices.map { abs(values[$0] - values[max($0 - 1, 0)]) })
    return attribution
  }

  /// Its explanation of a small network.
  static func explanation(rank: Int) throws -> ScoredExplanation {
    let network = TinyNetwork(rank: rank)
    let model = try network.model()
    return try ScoredExplanation(
      model.explain(network.input(), with: EdgeDetector()), by: EdgeDetector(), of: model)
  }
}
