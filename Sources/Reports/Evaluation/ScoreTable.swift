import Boundary
import Foundation
import Scoring

/// All values of an evaluation, one row for each, written item by item so that none but the current one is in memory.
public enum ScoreTable {
  /// Writes the table, whole or not at all: `item,method,metric,value`, an empty cell where there is no value.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - summary: Whose methods and metrics the scores are.
  ///   - items: Hands every item's name and scores, by method and metric, to its argument.
  /// - Throws: `WholeFileError` when the file cannot be written, and what `items` throws.
  public static func write(
    to path: String, of summary: EvaluationSummary,
    items: (_ receive: (String, [[MetricScore]]) throws -> Void) throws -> Void
  ) throws {
    try WholeFile.replace(path) { unfinished in
      guard FileManager.default.createFile(atPath: unfinished, contents: nil),
        let file = FileHandle(forWritingAtPath: unfinished)
      else { throw WholeFileError.notWritable(path: path, reason: String(cString: strerror(errno))) }
      defer { try? file.close() }
      func write(_ table: CSVTable) throws {
        do {
          try file.write(contentsOf: Data(table.bytes))
        } catch {
          throw WholeFileError.notWritable(path: path, reason: error.localizedDescription)
        }
      }
      try write(CSVTable(columns: ["item", "method", "metric", "value"]))
      try items { name, scores in
        var rows = CSVTable()
        for (method, row) in zip(summary.methods, scores) {
          for (metric, score) in zip(summary.metrics, row) {
            rows.append([name, method, metric.id, CSVTable.cell(score.value)])
          }
        }
        try write(rows)
      }
    }
  }
}
