import Explainers
import Networks
import TensorCore

/// How alike the maps of the explained class and of another one are, which is drawn.
///
///     value = SSIM(a / max |a|, b / max |b|),  b the map of another class
///
/// The maps are flattened, windows have 7 values, and constants, variances and range are those of scikit-image. The other class is drawn
/// uniformly from the classes beside the explained one, and beside the one it is contrasted with, by `RandomState(seed).randint`.
///
/// - Note: One explanation. Sixt, Granz and Landgraf, *When Explanations Lie*, ICML 2020. Checked against scikit-image.
public struct RandomLogit: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "random-logit", name: "Random logit test", family: .randomisation, direction: .lower,
    range: "-1 to 1",
    summary: "How alike the maps of the explained class and of another one are, which is drawn.",
    needs: "a model with two classes or more", cost: "1 explanation",
    differences:
      "Quantus expects 1000 classes unless told otherwise and divides both maps by the largest value of the whole batch; here the model says how many classes there are, and every map is divided by its own largest value.",
    citation: .sixt2020,
    parameters: [
      MapSimilarity.parameterInfo(standard: .ssim),
      ParameterInfo(
        "form", "What is made of the maps' signs.",
        values: MapForm.allCases.map(\.rawValue).joined(separator: ", "), standard: MapForm.signed.rawValue),
    ])

  private let similarity: MapSimilarity
  private let form: MapForm

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] {
    [.init("similarity", similarity.rawValue), .init("form", form.rawValue)]
  }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    similarity = try settings.choice("similarity", default: .ssim)
    form = try settings.choice("form", default: .signed)
  }

  /// One explanation, of the other class.
  public func moreExplanations(of model: Model) -> MoreExplanations? {
    MoreExplanations(1, of: Self.info.id)
  }

  /// Judges an explanation.
  ///
  /// - Throws: `ScoringError.explanation` when the other class cannot be explained.
  public func score(_ explanation: ScoredExplanation) throws(ScoringError) -> MetricScore {
    let attribution = explanation.attribution
    let others = (0..<explanation.model.head.classes).filter {
      $0 != attribution.target && $0 != attribution.versus
    }
    guard !others.isEmpty else { return .undefined("the model has no other class") }
    var random = NumPyLegacyRandom(seed: explanation.seed)
    let other = others[random.integer(below: others.count)]
    let again = try explaining { () throws(ExplanationError) in
      try explanation.model.explain(
        attribution.input, with: explanation.method,
        for: Target(.index(other), in: attribution.scoreSpace, versus: attribution.versus))
    }
    let maps = [explanation.values, explanation.values(of: again.map)].map { form($0) }
    return similarity(maps[0], maps[1], extents: [maps[0].count]).map { MetricScore($0) }
      ?? MapSimilarity.undefined
  }
}
