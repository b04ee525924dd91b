import Explainers

/// One row per item, relevance method and layer: how much relevance reached the layer, and how much of it the layer kept.
///
/// Layers stand in the order in which relevance comes to them, the output first.
public struct RelevanceTable: Sendable {
  private var rows: [[String]] = []

  /// Starts an empty table.
  public init() {}

  /// One table with the rows of several.
  public init(joining tables: [RelevanceTable]) { rows = tables.flatMap(\.rows) }

  /// Whether no method has told of its layers.
  public var isEmpty: Bool { rows.isEmpty }

  /// Adds the layers of an explanation; nothing for methods that do not hand relevance back.
  ///
  /// - Parameters:
  ///   - attribution: The explanation.
  ///   - item: The name of the item.
  public mutating func append(_ attribution: Attribution, item: String) {
    for entry in attribution.relevanceByLayer {
      rows.append([
        item, attribution.method, entry.layer, CSVTable.cell(entry.arriving), CSVTable.cell(entry.residual),
      ])
    }
  }

  /// The table as bytes.
  public var bytes: [UInt8] {
    var table = CSVTable(columns: ["item", "method", "layer", "arriving", "residual"])
    for row in rows { table.append(row) }
    return table.bytes
  }
}
