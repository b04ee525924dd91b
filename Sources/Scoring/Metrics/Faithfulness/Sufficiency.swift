import Explainers

/// Whether items with similar explanations are given the same class.
///
///     value of item i = |{j : d(i, j) <= threshold * largest d, class j = class i}| / |{j : d(i, j) <= threshold * largest d}|,  j other than i
///
/// `d` is the Euclidean distance of the maps, each divided by its largest magnitude; `seuclidean` divides every position by its standard
/// deviation over the group as well (positions that do not vary are left out).
///
/// - Note: No forward pass; the number of items squared times the size of a map. Dasgupta et al., ICML 2022.
public struct Sufficiency: GroupMetric {
  /// How far maps are apart.
  package enum Distance: String, Sendable, CaseIterable {
    /// The Euclidean distance after every position was divided by its standard deviation.
    case seuclidean
    /// The Euclidean distance.
    case euclidean
  }

  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "sufficiency", name: "Sufficiency", family: .faithfulness, direction: .higher, range: "0 to 1",
    summary: "Whether items with similar explanations are given the same class.",
    needs: "several items of one shape", cost: "no forward pass; the distances of all pairs of maps",
    differences:
      "Quantus divides all maps by the largest value of the batch and gives 0 to an item without similar ones; here every map is divided by its own, and such an item has no value.",
    citation: .dasgupta2022,
    parameters: [
      ParameterInfo(
        "threshold", "Up to which share of the largest distance maps are similar.", values: "0 to 1",
        standard: "0.6"),
      ParameterInfo(
        "distance", "How far maps are apart.",
        values: Distance.allCases.map(\.rawValue).joined(separator: ", "),
        standard: Distance.seuclidean.rawValue),
      MapForm.parameter(standard: .absolute),
    ])

  private let threshold: Double
  private let distance: Distance
  private let form: MapForm

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] {
    [
      .init("threshold", "\(threshold)"), .init("distance", distance.rawValue), .init("form", form.rawValue),
    ]
  }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    threshold = try settings.number("threshold", in: 0...1, default: 0.6)
    distance = try settings.choice("distance", default: .seuclidean)
    form = try settings.choice("form", default: .absolute)
  }

  /// Judges every explanation of a group.
  public func scores(_ group: [GroupMember]) -> [MetricScore] {
    guard group.count > 1 else {
      return group.map { _ in .undefined("there is no other item to compare with") }
    }
    guard group.allSatisfy({ $0.map.count == group[0].map.count }) else {
      return group.map { _ in .undefined("the maps of the group have different shapes") }
    }
    let maps = scaled(group.map { Self.normalized(form($0.map.map { Double($0) })) })
    let distances = maps.map { map in maps.map { Self.square(map, $0).squareRoot() } }
    let limit = threshold * distances.reduce(0) { max($0, $1.max() ?? 0) }
    return group.indices.map { item in
      let similar = group.indices.filter { $0 != item && distances[item][$0] <= limit }
      guard !similar.isEmpty else { return .undefined("no other item has a similar explanation") }
      let same = similar.count { group[$0].predicted == group[item].predicted }
      return MetricScore(Double(same) / Double(similar.count))
    }
  }

  private static func normalized(_ map: [Double]) -> [Double] {
    let largest = map.reduce(0) { max($0, abs($1)) }
    return largest > 0 ? map.map { $0 / largest } : map
  }

  private static func square(_ first: [Double], _ second: [Double]) -> Double {
    var sum = 0.0
    for index in first.indices { sum += (first[index] - second[index]) * (first[index] - second[index]) }
    return sum
  }

  /// The maps with every position divided by its standard deviation, where that is asked for.
  private func scaled(_ maps: [[Double]]) -> [[Double]] {
    guard distance == .seuclidean else { return maps }
    let scales = maps[0].indices.map { index in
      let mean = maps.reduce(0) { $0 + $1[index] } / Double(maps.count)
      let square = maps.reduce(0) { $0 + ($1[index] - mean) * ($1[index] - mean) }
      return square > 0 ? (Double(maps.count - 1) / square).squareRoot() : 0
    }
    return maps.map { map in zip(map, scales).map { $0 * $1 } }
  }
}
