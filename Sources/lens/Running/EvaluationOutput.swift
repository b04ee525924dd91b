import Foundation
import SignalLens

/// Writes the tables of an evaluation whose items are all in its journal.
struct EvaluationOutput {
  let run: EvaluationRun
  let classNames: [String]
  let seed: UInt32

  /// Writes all tables that there are numbers for.
  ///
  /// - Returns: The numbers.
  /// - Throws: What cannot be written.
  func write() throws -> EvaluationSummary {
    let folder = run.setup.folder
    var summary = EvaluationSummary(methods: run.setup.methods.map(\.id), of: run.evaluation)
    var quality = ModelQuality(classes: run.setup.model.head.classes)
    try ScoreTable.write(to: "\(folder.path)/scores.csv", of: summary) { receive in
      try run.forEachItem { index, scores in
        try receive(scores.item, scores.scores)
        summary.add(scores.scores)
        if let label = run.setup.items[index].label {
          quality.add(label: label, predicted: scores.predicted, outputs: scores.outputs)
        }
      }
    }
    try folder.write(Data(summary.metricTable(seed: seed)), as: "table.csv")
    if let table = summary.curveTable() { try folder.write(Data(table), as: "curves.csv") }
    if let table = summary.significanceTable() { try folder.write(Data(table), as: "significance.csv") }
    if !quality.isEmpty {
      try folder.write(Data(quality.classTable(names: classNames)), as: "classification.csv")
      try folder.write(Data(quality.confusionTable(names: classNames)), as: "confusion.csv")
      try folder.write(Data(quality.curveTable(names: classNames)), as: "roc.csv")
    }
    return summary
  }

  /// Writes how much of every item its true evidence covers.
  ///
  /// - Returns: The table; `nil`, and no file, when no evidence was given.
  /// - Throws: What cannot be read or written.
  func writeEvidence() throws -> EvidenceTable? {
    guard let evidence = run.setup.evidence else { return nil }
    var table = EvidenceTable()
    for (index, item) in run.setup.items.enumerated() {
      table.append(item: item.name, mask: try evidence.load(index).input.values)
    }
    try run.setup.folder.write(Data(table.bytes), as: "evidence.csv")
    return table
  }
}
