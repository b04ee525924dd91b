import Explainers

/// One row per item and method: what was explained and how well it adds up.
public struct SummaryTable: Sendable {
  private var rows: [[String]] = []

  /// Starts an empty table.
  public init() {}

  /// One table with the rows of several.
  public init(joining tables: [SummaryTable]) { rows = tables.flatMap(\.rows) }

  /// Adds an explanation.
  ///
  /// - Parameters:
  ///   - attribution: The explanation.
  ///   - item: The name of the item.
  ///   - targetName: The name of the explained class, or an empty text.
  ///   - seconds: How long the explanation took.
  public mutating func append(_ attribution: Attribution, item: String, targetName: String, seconds: Double) {
    rows.append([
      item, attribution.method, attribution.layer ?? "", "\(attribution.target)", targetName,
      CSVTable.cell(attribution.score), attribution.scoreSpace.rawValue,
      CSVTable.cell(attribution.baselineScore),
      CSVTable.cell(attribution.map.sum), CSVTable.cell(attribution.completenessGap),
      "\(attribution.map.minimum)",
      "\(attribution.map.maximum)", "\((seconds * 1e6).rounded() / 1e6)",
    ])
  }

  /// The table as bytes.
  public var bytes: [UInt8] {
    var table = CSVTable(columns: [
      "item", "method", "layer", "target", "target_name", "score", "score_space", "baseline_score",
      "attribution_sum", "completeness_gap", "minimum", "maximum", "seconds",
    ])
    for row in rows { table.append(row) }
    return table.bytes
  }
}
