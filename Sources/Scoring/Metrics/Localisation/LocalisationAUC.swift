import Explainers

/// How well the map tells evidence from other positions: the area below its receiver operating characteristic.
///
///     value = P(value at evidence > value elsewhere) + P(equal) / 2
///
/// over all pairs of a position of evidence and another one. 0.5 is chance.
///
/// - Note: No forward pass; sorting the positions. Fawcett, 2006.
public struct LocalisationAUC: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "localisation-auc", name: "Localisation AUC", family: .localisation, direction: .higher,
    range: "0 to 1", summary: "How well the map ranks true evidence above other positions.",
    needs: MapOverEvidence.needs, cost: "no forward pass",
    differences: "Quantus takes absolute values by default (form=absolute).", citation: .fawcett2006,
    parameters: [MapForm.parameter()])

  private let form: MapForm

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] { [.init("form", form.rawValue)] }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    form = try settings.choice("form", default: .signed)
  }

  /// Judges an explanation.
  public func score(_ explanation: ScoredExplanation) -> MetricScore {
    MapOverEvidence.score(explanation, form: form) { map in
      let inside = Double(map.evidenceCount)
      let outside = Double(map.count) - inside
      guard outside > 0 else {
        return .undefined("every position is evidence, so there is nothing to tell it from")
      }
      let ranks = zip(Correlation.averagedRanks(map.values), map.isEvidence)
      let sum = ranks.reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
      return MetricScore((sum - inside * (inside + 1) / 2) / (inside * outside))
    }
  }
}
