import Explainers

/// All metrics: one line each.
///
/// The command line, its help, the tables of reports and the contract tests are made from this list.
public enum MetricCatalog {
  /// The metrics in the order in which they are listed.
  public static let entries: [any AttributionMetric.Type] = [
    DropRate.self,
    IncreaseRate.self,
    AverageGain.self,
    Insertion.self,
    Deletion.self,
    PointingGame.self,
    EnergyPointingGame.self,
    IntersectionOverUnion.self,
    TopKIntersection.self,
    RelevanceMass.self,
    RelevanceRank.self,
    AttributionLocalisation.self,
    LocalisationAUC.self,
    FaithfulnessCorrelation.self,
    FaithfulnessEstimate.self,
    PixelFlipping.self,
    RegionPerturbation.self,
    Monotonicity.self,
    MonotonicityCorrelation.self,
    IROF.self,
    Sufficiency.self,
    Infidelity.self,
    ROAD.self,
  ]

  /// What the catalogue says of every metric.
  public static var metrics: [MetricInfo] { entries.map { $0.info } }

  /// A metric by its identifier.
  ///
  /// - Parameters:
  ///   - id: The identifier.
  ///   - settings: The parameters that a user gave, or `nil` for the defaults.
  /// - Returns: The metric.
  /// - Throws: `ScoringError` when there is no such metric, or it has no such parameter or value.
  public static func metric(
    _ id: String, settings: MetricSettings? = nil
  ) throws(ScoringError) -> any AttributionMetric {
    guard let entry = entries.first(where: { $0.info.id == id }) else {
      throw .unknownMetric(id: id, known: metrics.map(\.id))
    }
    let settings = settings ?? MetricSettings(metric: id)
    let known = entry.info.parameters.map(\.name)
    for name in settings.values.keys.sorted() where !known.contains(name) {
      throw .unknownParameter(metric: id, name: name, known: known)
    }
    return try entry.init(settings: settings)
  }
}
