import Explainers
import Networks
import TensorCore

/// How far what the map foretells of changes of the input is from what they do.
///
///     value = mean over changes I of (scale * (map . I) - (f(x) - f(x - I)))^2
///
/// `windows` hides a window: an interval of a signal, a rectangle of an image. The map's values count as contributions to the score, so that
/// `map . I` is their sum over the window. All places of the window are tried where there are no more than `samples`, else that many random
/// ones. `noise` adds normal noise with a deviation of `noise` times the item's range. The map's values then count as
/// slopes, and `map . I` is their product with the noise: gradients and alike.
///
/// With `scaling` the scale is the best one that is not negative, `sum of (map . I) (f(x) - f(x - I)) / sum of (map . I)^2`, so that maps without
/// the unit of scores can be compared; else it is 1.
///
/// - Note: One forward pass per sample. Yeh et al., NeurIPS 2019. Random places are `RandomState(seed_i).randint(0, places)`, noise is
///   `RandomState(seed_i).randn(positions, channels)`, with seeds from the item's stream.
public struct Infidelity: ItemMetric {
  /// How the input is changed.
  package enum Perturbation: String, Sendable, CaseIterable {
    /// A window is hidden.
    case windows
    /// Normal noise is added.
    case noise
  }

  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "infidelity", name: "Infidelity", family: .faithfulness, direction: .lower, range: "0 and above",
    summary: "How far what the map foretells of changes of the input is from what they do.",
    cost: "1 forward pass per sample (200)",
    differences:
      "Quantus hides patches one after another without showing them again, repeats the same ten times, reads every map as slopes, does not scale it, and fails on signals; the authors' best scale may be negative, which would forgive a map of the wrong sign.",
    citation: .yeh2019,
    parameters: [
      ParameterInfo(
        "perturbation", "How the input is changed; noise: for maps of slopes, such as the gradient.",
        values: Perturbation.allCases.map(\.rawValue).joined(separator: ", "),
        standard: Perturbation.windows.rawValue),
      ParameterInfo(
        "window", "The extents of a window; auto: an eighth of every axis.",
        values: "auto, a number, or one for every axis as in 5x3", standard: "auto"),
      ParameterInfo(
        "noise", "Standard deviation of 'noise', as a share of the item's range.", values: "0.000001 to 100",
        standard: "0.2"),
      ParameterInfo("samples", "The number of changes.", values: "1 to 1000000", standard: "200"),
      ParameterInfo(
        "scaling", "Whether the map is brought to the best scale first.", values: "true or false",
        standard: "true"),
    ] + HidingOptions.parameterInfos(space: .logit))

  private let perturbation: Perturbation
  private let window: WindowExtent
  private let windowText: String
  private let noise: Double
  private let samples: Int
  private let isScaling: Bool
  private let options: HidingOptions

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] {
    [
      .init("perturbation", perturbation.rawValue), .init("window", windowText), .init("noise", "\(noise)"),
      .init("samples", "\(samples)"), .init("scaling", "\(isScaling)"),
    ] + options.parameters
  }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    perturbation = try settings.choice("perturbation", default: .windows)
    window = try settings.windowExtent("window")
    windowText = window.text ?? WindowExtent.automaticName
    noise = try settings.number("noise", in: 1e-6...100, default: 0.2)
    samples = try settings.count("samples", in: 1...1_000_000, default: 200)
    isScaling = try settings.flag("scaling", default: true)
    options = try HidingOptions(settings: settings, space: .logit)
  }

  /// Judges an explanation.
  ///
  /// - Throws: `ScoringError` when the model has no such score space, or the window another number of axes than the input.
  public func score(_ explanation: ScoredExplanation) throws(ScoringError) -> MetricScore {
    let (foretold, found) =
      switch perturbation {
      case .windows: try hidingWindows(explanation)
      case .noise: try addingNoise(explanation)
      }
    let products = zip(foretold, found).reduce(0) { $0 + $1.0 * $1.1 }
    let squares = foretold.reduce(0) { $0 + $1 * $1 }
    let scale = !isScaling ? 1 : squares > 0 ? max(products / squares, 0) : 0
    let errors = zip(foretold, found).map { scale * $0 - $1 }
    return MetricScore(errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count))
  }

  /// For every window the map's sum over it, and how far the score falls without it.
  private func hidingWindows(
    _ explanation: ScoredExplanation
  ) throws(ScoringError) -> (foretold: [Double], found: [Double]) {
    let windows = try explaining { () throws(ExplanationError) in
      try SlidingWindows(over: explanation.extents, window: window, stride: .uniform(1), of: Self.info.id)
    }
    let places: [Int]
    if windows.count <= samples {
      places = Array(0..<windows.count)
    } else {
      let streams = RandomStreams(count: samples, seed: explanation.seed)
      places = (0..<samples).map {
        var random = streams[$0]
        return random.integer(below: windows.count)
      }
    }
    let masked = try options.hiding(explanation)
    let scores = try explaining { () throws(ExplanationError) in
      try masked.scores(places.count) { index, mask in
        mask.initialize(repeating: 1)
        for run in windows.runs(of: places[index]) {
          for position in run { mask[position] = 0 }
        }
      }
    }
    let values = options.values(explanation)
    let sums = places.map { windows.runs(of: $0).reduce(0) { $1.reduce($0) { $0 + values[$1] } } }
    return (sums, scores.map { masked.decision.score - $0 })
  }

  /// For every draw of noise its product with the map, and how far the score falls when it is taken away.
  private func addingNoise(
    _ explanation: ScoredExplanation
  ) throws(ScoringError) -> (foretold: [Double], found: [Double]) {
    let slopes = slopes(explanation)
    let streams = RandomStreams(count: samples, seed: explanation.seed)
    let input = explanation.shownValues
    let range = Double(explanation.shown.input.maximum) - Double(explanation.shown.input.minimum)
    let deviation = noise * range
    let scores = try explanation.scores(ofInputs: samples, in: options.space) { sample, memory in
      var random = streams[sample]
      for (index, value) in input.enumerated() {
        memory.initializeElement(at: index, to: Float(Double(value) - deviation * random.standardNormal()))
      }
    }
    let products = (0..<samples).map { sample in
      var random = streams[sample]
      return slopes.reduce(0) { $0 + $1 * deviation * random.standardNormal() }
    }
    let score = try explanation.decision(in: options.space).score
    return (products, scores.map { score - $0 })
  }

  /// The map at every value of the input; a map of positions has the same slope for all their channels.
  private func slopes(_ explanation: ScoredExplanation) -> [Double] {
    let map = explanation.attribution.map.values.map { Double($0) }
    if map.count == explanation.shownValues.count { return options.form(map) }
    return options.values(explanation).flatMap { Array(repeating: $0, count: explanation.channels) }
  }
}
