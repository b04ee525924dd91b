import Explainers

/// A map over positions of which some are the true evidence: what metrics of localisation compare.
struct MapOverEvidence {
  /// What a metric of localisation must have.
  static let needs = "masks of the true evidence"

  /// The map at every position.
  let values: [Double]
  /// Whether a position is evidence.
  let isEvidence: [Bool]
  /// The number of positions that are.
  let evidenceCount: Int

  /// The number of positions.
  var count: Int { values.count }

  /// Whether all values are equal.
  var isConstant: Bool { values.allSatisfy { $0 == values[0] } }

  /// The positions from the largest value to the smallest, the lower index first among equals.
  var order: [Int] { ranking(values) }

  /// The share of evidence among positions.
  func share(of positions: some Collection<Int>) -> Double {
    Double(positions.count { isEvidence[$0] }) / Double(positions.count)
  }

  /// Judges a map where there is evidence.
  ///
  /// - Parameters:
  ///   - explanation: The explanation.
  ///   - form: What is made of the map's signs.
  ///   - needsOrder: Whether there is no value for a map that is the same everywhere, because no position of it is above another.
  ///   - body: Judges the map.
  /// - Returns: What `body` says, or why there is no value.
  static func score(
    _ explanation: ScoredExplanation, form: MapForm, needsOrder: Bool = false,
    _ body: (MapOverEvidence) -> MetricScore
  ) -> MetricScore {
    guard let evidence = explanation.evidence else {
      return .undefined("no mask of the true evidence is given for the item")
    }
    let isEvidence = evidence.map { $0 > 0 }
    let count = isEvidence.count { $0 }
    guard count > 0 else { return .undefined("the mask of the evidence marks no position") }
    let map = MapOverEvidence(
      values: form(explanation.values), isEvidence: isEvidence, evidenceCount: count)
    guard !needsOrder || !map.isConstant else {
      return .undefined("the map is the same everywhere, so no position is above another")
    }
    return body(map)
  }
}
