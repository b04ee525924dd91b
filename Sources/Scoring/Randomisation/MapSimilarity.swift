import Explainers

/// How alike two maps of one item are.
package enum MapSimilarity: String, Sendable, CaseIterable {
  /// Spearman's correlation of the values.
  case spearman
  /// The structural similarity index of the maps, each divided by its largest absolute value.
  case ssim
  /// Pearson's correlation of the values.
  case pearson

  /// What the catalogue says of it.
  static func parameterInfo(standard: MapSimilarity) -> ParameterInfo {
    ParameterInfo(
      "similarity", "How maps are compared.", values: allCases.map(\.rawValue).joined(separator: ", "),
      standard: standard.rawValue)
  }

  /// The similarity of a map and another; the other may be constant, which is like no map: 0.
  ///
  /// - Parameters:
  ///   - map: A value for every position.
  ///   - other: As many.
  ///   - extents: The extents of the maps, for `ssim`.
  /// - Returns: A number from -1 to 1; `nil` when the first map has no similarity with any.
  func callAsFunction(_ map: [Double], _ other: [Double], extents: [Int]) -> Double? {
    switch self {
    case .ssim:
      return StructuralSimilarity.mean(
        map.normalisedByMagnitude, other.normalisedByMagnitude, extents: extents)
    case .spearman:
      guard Correlation.spearman(map, map) != nil else { return nil }
      return Correlation.spearman(map, other) ?? 0
    case .pearson:
      guard Correlation.pearson(map, map) != nil else { return nil }
      return Correlation.pearson(map, other) ?? 0
    }
  }

  /// No value, because a correlation of the map does not exist.
  static let undefined = MetricScore.undefined(
    "the map is the same at all positions, or has too few of them to compare")
}
