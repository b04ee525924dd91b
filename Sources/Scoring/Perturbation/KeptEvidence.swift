import Explainers
import Networks

/// The score of the explained class when only what the map marks is kept: what drop rate, increase rate and average gain share.
package struct KeptEvidence: Hashable, Sendable {
  /// Which positions are kept.
  package enum Variant: String, Sendable, CaseIterable {
    /// Those strictly above the value of rank `q + 1`, where `q` is the whole part of `fraction` times the number of positions: equal
    /// values at that rank are all lost.
    case strict
    /// Exactly the `q` largest, the lower index first among equals.
    case fraction
    /// All, each multiplied by its value after the map was brought to 0...1.
    case soft
  }

  /// In which numbers scores are compared.
  package enum Precision: String, Sendable, CaseIterable {
    /// Rounded to Float32, as published tables had them.
    case float32
    /// As they are computed.
    case float64
  }

  /// The kept share of positions.
  var fraction: Double
  /// Which positions are kept.
  var variant: Variant
  /// What is made of the map's signs.
  var form: MapForm
  /// The space of the scores.
  var space: ScoreSpace
  /// In which numbers scores are compared.
  var precision: Precision

  static let parameterInfos = [
    ParameterInfo(
      "fraction", "The share of positions that is kept.", values: "0 to 1, without 1", standard: "0.15"),
    ParameterInfo(
      "variant",
      "Which positions are kept: those above the value of that rank, exactly as many, or all, weighted.",
      values: Variant.allCases.map(\.rawValue).joined(separator: ", "), standard: Variant.strict.rawValue),
    ParameterInfo(
      "form", "What is made of the map's signs.",
      values: MapForm.allCases.map(\.rawValue).joined(separator: ", "), standard: MapForm.signed.rawValue),
    ParameterInfo("space", "The space of the scores.", values: "probability, logit", standard: "probability"),
    ParameterInfo(
      "precision", "The numbers in which scores are compared.", values: "float32, float64",
      standard: Precision.float32.rawValue),
  ]

  package init(
    fraction: Double = 0.15, variant: Variant = .strict, form: MapForm = .signed,
    space: ScoreSpace = .probability, precision: Precision = .float32
  ) {
    precondition((0..<1).contains(fraction), "\(fraction) is not a share of positions that can be kept")
    self.fraction = fraction
    self.variant = variant
    self.form = form
    self.space = space
    self.precision = precision
  }

  package init(settings: MetricSettings) throws(ScoringError) {
    let fraction = try settings.number("fraction", in: 0...1, default: 0.15)
    guard fraction < 1 else {
      throw settings.bad("fraction", expected: "a number from 0 up to, but not including, 1")
    }
    self.init(
      fraction: fraction, variant: try settings.choice("variant", default: .strict),
      form: try settings.choice("form", default: .signed),
      space: try settings.choice("space", default: .probability),
      precision: try settings.choice("precision", default: .float32))
  }

  var parameters: [Attribution.Parameter] {
    [
      .init("fraction", "\(fraction)"), .init("variant", variant.rawValue), .init("form", form.rawValue),
      .init("space", space.rawValue), .init("precision", precision.rawValue),
    ]
  }

  /// The weight of every position.
  package func weights(_ values: [Double]) -> [Float] {
    let values = form(values)
    let kept = Int(Double(values.count) * fraction)
    switch variant {
    case .strict:
      let threshold = values.sorted(by: >)[kept]
      return values.map { $0 > threshold ? 1 : 0 }
    case .fraction:
      var weights = [Float](repeating: 0, count: values.count)
      for position in ranking(values).prefix(kept) { weights[position] = 1 }
      return weights
    case .soft:
      guard let low = values.min(), let high = values.max(), high > low else {
        return Array(repeating: 0, count: values.count)
      }
      return values.map { Float(($0 - low) / (high - low)) }
    }
  }

  /// The scores before and after; both metrics of one explanation take the same pass.
  func scores(_ explanation: ScoredExplanation) throws(ScoringError) -> (before: Double, after: Double) {
    let scores = try explanation.results.result(self) { () throws(ScoringError) -> [Double] in
      let masked = try explanation.hiding(with: .zero, in: space)
      let weights = weights(explanation.values)
      let after = try explaining { () throws(ExplanationError) in
        try masked.scores(1) { _, mask in _ = mask.initialize(from: weights) }
      }
      return [masked.decision.score, after[0]]
    }
    switch precision {
    case .float32: return (Double(Float(scores[0])), Double(Float(scores[1])))
    case .float64: return (scores[0], scores[1])
    }
  }
}
