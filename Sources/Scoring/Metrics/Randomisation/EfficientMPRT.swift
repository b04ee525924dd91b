import Explainers
import Networks

/// How much more complex the map becomes when all of the model's layers are drawn anew.
///
///     value = (H(a') - H(a)) / H(a),  a' the map of the model with all layers drawn anew
///
/// `H` is the entropy of the histogram of a map's values over `bins` equal bins from its smallest to its largest value. The curve has `H(a)` and
/// `H(a')`. Weights are drawn as for the model parameter randomisation test.
///
/// - Note: One explanation, which the model parameter randomisation test shares when it draws all layers anew. Hedström et al., *Sanity Checks
///   Revisited*, 2023. Checked against the formula in NumPy and SciPy.
public struct EfficientMPRT: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "efficient-mprt", name: "Efficient model parameter randomisation test", family: .randomisation,
    direction: .higher, range: "-1 or more",
    summary: "How much more complex the map becomes when all of the model's layers are drawn anew.",
    needs: "a model with trained layers", cost: "1 explanation",
    differences:
      "Quantus permutes weights instead of drawing them anew, and takes the map with its channels, here one value per position.",
    citation: .hedstrom2023,
    parameters: [
      ParameterInfo("bins", "The bins of the histogram.", values: "2 to 1000000", standard: "100"),
      ParameterInfo(
        "form", "What is made of the maps' signs.",
        values: MapForm.allCases.map(\.rawValue).joined(separator: ", "), standard: MapForm.signed.rawValue),
    ])

  private let bins: Int
  private let form: MapForm

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] { [.init("bins", "\(bins)"), .init("form", form.rawValue)] }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    bins = try settings.count("bins", in: 2...1_000_000, default: 100)
    form = try settings.choice("form", default: .signed)
  }

  /// One explanation, by the randomised model.
  public func moreExplanations(of model: Model) -> MoreExplanations? {
    MoreExplanations(1, of: Self.info.id)
  }

  /// Judges an explanation.
  ///
  /// - Throws: `ScoringError.explanation` when a layer cannot be drawn anew, or the randomised model not be explained.
  public func score(_ explanation: ScoredExplanation) throws(ScoringError) -> MetricScore {
    let layers = Set(explanation.model.trainedLayerNames)
    guard !layers.isEmpty else { return ScoredExplanation.untrained }
    let own = HistogramEntropy.nats(form(explanation.values), bins: bins)
    guard own > 0 else { return .undefined("the map is the same at all positions") }
    let other = HistogramEntropy.nats(form(try explanation.values(drawingAnew: layers)), bins: bins)
    return MetricScore((other - own) / own, curve: [own, other])
  }
}
