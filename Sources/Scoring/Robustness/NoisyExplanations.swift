import Explainers
import TensorCore

/// How far the map moves when noise is added to the input: what local Lipschitz estimate, maximum and average sensitivity share.
///
/// Sample after sample, one number for every value of the input is drawn, in the order of memory, from NumPy's `RandomState(seed)`, and the
/// changed input is rounded to Float32. For a model that starts with an embedding the input is the embedding's output.
package struct NoisyExplanations: Hashable, Sendable {
  /// From what noise is drawn.
  package enum Distribution: String, Sendable, CaseIterable {
    /// The normal distribution; the magnitude is its standard deviation.
    case normal
    /// The uniform distribution from minus the magnitude to the magnitude.
    case uniform
  }

  /// What the magnitude is measured in.
  package enum Unit: String, Sendable, CaseIterable {
    /// The units of the input.
    case input
    /// The item's range, from its smallest to its largest value.
    case range
  }

  /// The number of changed inputs.
  var samples: Int
  /// From what noise is drawn.
  var noise: Distribution
  /// How large noise is.
  var magnitude: Double
  /// What the magnitude is measured in.
  var unit: Unit

  static func parameterInfos(noise: Distribution, magnitude: Double) -> [ParameterInfo] {
    [
      ParameterInfo(
        "samples", "The changed inputs that are explained.", values: "1 to 100000", standard: "200"),
      ParameterInfo(
        "noise", "From what noise is drawn.",
        values: Distribution.allCases.map(\.rawValue).joined(separator: ", "), standard: noise.rawValue),
      ParameterInfo(
        "magnitude", "The standard deviation of normal noise, the largest value of uniform noise.",
        values: "above 0, to 1e9", standard: "\(magnitude)"),
      ParameterInfo(
        "unit", "What the magnitude is measured in: the units of the input, or its range.",
        values: Unit.allCases.map(\.rawValue).joined(separator: ", "), standard: Unit.input.rawValue),
    ]
  }

  init(settings: MetricSettings, noise: Distribution, magnitude: Double) throws(ScoringError) {
    samples = try settings.count("samples", in: 1...100_000, default: 200)
    self.noise = try settings.choice("noise", default: noise)
    self.magnitude = try settings.number("magnitude", in: 0...1e9, default: magnitude)
    guard self.magnitude > 0 else {
      throw settings.bad("magnitude", expected: "a number above 0, up to 1e9")
    }
    unit = try settings.choice("unit", default: .input)
  }

  var parameters: [Attribution.Parameter] {
    [
      .init("samples", "\(samples)"), .init("noise", noise.rawValue), .init("magnitude", "\(magnitude)"),
      .init("unit", unit.rawValue),
    ]
  }

  /// How far one changed input and its map lie from the item and its map, as Euclidean distances.
  struct Distance {
    /// That of the inputs.
    var input: Double
    /// That of the maps.
    var map: Double
    /// That of the maps, each divided by its largest absolute value.
    var normalisedMap: Double
  }

  /// One explanation for every sample.
  var moreExplanations: MoreExplanations {
    MoreExplanations(samples, of: parameters.map { "\($0.name)=\($0.value)" }.joined(separator: " "))
  }

  /// The distances of all samples; metrics of one explanation that ask for the same noise take the same explanations.
  ///
  /// - Parameter explanation: The explanation.
  /// - Returns: One distance per sample whose input is not the item itself.
  /// - Throws: `ScoringError.explanation` when a changed input cannot be explained.
  func distances(_ explanation: ScoredExplanation) throws(ScoringError) -> [Distance] {
    try explanation.results.result(self) { () throws(ScoringError) -> [Distance] in
      let input = explanation.shown.input
      let values = input.values
      let scale = unit == .input ? 1 : Double(input.maximum) - Double(input.minimum)
      let map = explanation.values
      let normalised = map.normalisedByMagnitude
      var random = NumPyLegacyRandom(seed: explanation.seed)
      var distances: [Distance] = []
      for sample in 0..<samples {
        let changed = values.map { Float(Double($0) + draw(from: &random, scale: scale)) }
        guard changed != values else { continue }
        let other = try WorkProgress.stages(sample..<(sample + 1), of: samples) {
          () throws(ScoringError) in try explanation.values(at: Tensor(input.shape, changed))
        }
        let inputDistance = euclideanDistance(changed.map { Double($0) }, values.map { Double($0) })
        distances.append(
          Distance(
            input: inputDistance, map: euclideanDistance(other, map),
            normalisedMap: euclideanDistance(other.normalisedByMagnitude, normalised)))
      }
      return distances
    }
  }

  private func draw(from random: inout NumPyLegacyRandom, scale: Double) -> Double {
    switch noise {
    case .normal: magnitude * scale * random.standardNormal()
    case .uniform: magnitude * scale * (-1 + 2 * random.uniform())
    }
  }

  /// No value, because noise of the item's range changed nothing.
  static let unchanged = MetricScore.undefined("noise did not change the input")
}
