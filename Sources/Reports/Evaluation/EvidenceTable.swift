import Scoring

/// How much of every item its true evidence covers.
///
/// The share is what a map that knows nothing reaches by chance: the expected relevance mass, relevance rank and pointing game of a random
/// map.
public struct EvidenceTable: Sendable {
  private var table = CSVTable(columns: ["item", "positions", "evidence", "share"])
  private var sum = 0.0
  private var count = 0

  /// Starts an empty table: `item,positions,evidence,share`.
  public init() {}

  /// Adds an item.
  ///
  /// - Parameters:
  ///   - item: Its name.
  ///   - mask: One number for every position, above 0.5 where the true evidence is.
  public mutating func append(item: String, mask: [Float]) {
    let evidence = mask.count { $0 > 0.5 }
    let share = Double(evidence) / Double(max(mask.count, 1))
    table.append([item, "\(mask.count)", "\(evidence)", CSVTable.cell(share)])
    if evidence > 0 {
      sum += share
      count += 1
    }
  }

  /// The mean share over the items that have evidence; `nil` when none has.
  public var meanShare: Double? { count > 0 ? sum / Double(count) : nil }

  /// The table as bytes.
  public var bytes: [UInt8] { table.bytes }
}
