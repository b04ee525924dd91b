import Explainers

/// The share of evidence among the highest positions of the map.
///
///     value = |the k highest positions and evidence| / k
///
/// There are at most as many positions as there is evidence, so that a perfect map has the value 1. With `weighted` the value is multiplied by
/// (positions / evidence): finding small evidence counts more.
///
/// - Note: No forward pass. Theiner et al., WACV 2022, who take 1000 of the positions of an image.
public struct TopKIntersection: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "top-k-intersection", name: "Top-k intersection", family: .localisation, direction: .higher,
    range: "0 to 1; weighted: 0 to positions / evidence",
    summary: "The share of the true evidence among the highest positions of the map.",
    needs: MapOverEvidence.needs, cost: "no forward pass",
    differences:
      "The paper and Quantus take 1000 positions whatever the size of the item: by default the same share of positions, 2 %, is taken here, and never more than there is evidence. Quantus takes absolute values by default (form=absolute) and calls the weighted value concept influence.",
    citation: .theiner2022,
    parameters: [
      ParameterInfo(
        "k", "The number of highest positions; auto: 2 % of all, at least one.",
        values: "auto, or 1 to 1000000", standard: "auto"),
      ParameterInfo(
        "weighted", "Whether the value is divided by the share of positions that are evidence.",
        values: "true or false", standard: "false"),
      MapForm.parameter(),
    ])

  private let count: Int?
  private let isWeighted: Bool
  private let form: MapForm

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] {
    [
      .init("k", count.map { "\($0)" } ?? "auto"), .init("weighted", "\(isWeighted)"),
      .init("form", form.rawValue),
    ]
  }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    let isAutomatic = settings.values["k"] ?? "auto" == "auto"
    count = isAutomatic ? nil : try settings.count("k", in: 1...1_000_000, default: 1)
    isWeighted = try settings.flag("weighted", default: false)
    form = try settings.choice("form", default: .signed)
  }

  /// Judges an explanation.
  public func score(_ explanation: ScoredExplanation) -> MetricScore {
    MapOverEvidence.score(explanation, form: form, needsOrder: true) { map in
      let wanted = count ?? max(Int((0.02 * Double(map.count)).rounded()), 1)
      let share = map.share(of: map.order.prefix(min(wanted, map.evidenceCount)))
      return MetricScore(isWeighted ? share * Double(map.count) / Double(map.evidenceCount) : share)
    }
  }
}
