import Explainers

/// Whether the highest position of the map lies in the evidence.
///
///     value = 1 if a position of the largest value is evidence, or at most `tolerance` positions away from evidence; else 0
///
/// Distances are Euclidean. The mean over items is the accuracy of the paper.
///
/// - Note: No forward pass. Zhang et al., ECCV 2016.
public struct PointingGame: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "pointing-game", name: "Pointing game", family: .localisation, direction: .higher, range: "0 or 1",
    summary: "Whether the highest position of the map lies in the true evidence.",
    needs: MapOverEvidence.needs, cost: "no forward pass",
    differences:
      "Quantus takes absolute values by default (form=absolute), has no tolerance, calls a map that is the same everywhere a hit, and fails in its weighted mode; the paper's benchmark uses a tolerance of 15 pixels.",
    citation: .zhang2016,
    parameters: [
      ParameterInfo(
        "tolerance", "How many positions away from the evidence still count.", values: "0 to 1000",
        standard: "0"),
      MapForm.parameter(),
    ])

  private let tolerance: Int
  private let form: MapForm

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] {
    [.init("tolerance", "\(tolerance)"), .init("form", form.rawValue)]
  }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    tolerance = try settings.count("tolerance", in: 0...1000, default: 0)
    form = try settings.choice("form", default: .signed)
  }

  /// Judges an explanation.
  public func score(_ explanation: ScoredExplanation) -> MetricScore {
    MapOverEvidence.score(explanation, form: form, needsOrder: true) { map in
      let largest = map.values.max()
      let highest = map.values.indices.filter { map.values[$0] == largest }
      let hits = highest.contains { map.isEvidence[$0] }
      return MetricScore(hits || isNear(highest, map, over: explanation.extents) ? 1 : 0)
    }
  }

  /// Whether one of the positions is near enough to evidence.
  private func isNear(_ positions: [Int], _ map: MapOverEvidence, over extents: [Int]) -> Bool {
    guard tolerance > 0 else { return false }
    let grid = SpatialNeighbours(extents: extents)
    let evidence = map.isEvidence.indices.filter { map.isEvidence[$0] }.map(grid.coordinates)
    return positions.contains { position in
      let place = grid.coordinates(position)
      return evidence.contains { other in
        place.indices.reduce(0) { $0 + (place[$1] - other[$1]) * (place[$1] - other[$1]) }
          <= tolerance * tolerance
      }
    }
  }
}
