import Foundation
import SignalLens

/// The means of all methods and metrics for the terminal: a row for every metric, or for every method where these are more.
struct MeanTable {
  private let summary: EvaluationSummary

  /// Prepares the table of an evaluation.
  init(of summary: EvaluationSummary) { self.summary = summary }

  /// The table, lines separated by line feeds; the best of a metric has a star.
  var text: String {
    let cells = summary.metrics.indices.map(cells)
    if summary.methods.count > summary.metrics.count {
      var table = TextTable(
        columns: ["method"] + summary.metrics.map { "\($0.id) (\($0.direction.rawValue))" },
        rightAligned: Set(1..<(1 + summary.metrics.count)))
      for (method, id) in summary.methods.enumerated() { table.append([id] + cells.map { $0[method] }) }
      return table.text
    }
    var table = TextTable(
      columns: ["metric", "better"] + summary.methods, rightAligned: Set(2..<(2 + summary.methods.count)))
    for (info, row) in zip(summary.metrics, cells) { table.append([info.id, info.direction.rawValue] + row) }
    return table.text
  }

  /// The cells of a metric: the means, and a star behind what is printed like the best of them; table.csv tells the ranks.
  private func cells(_ metric: Int) -> [String] {
    let means = printedMeans(metric)
    let ranks = summary.ranks(metric)
    let first = ranks.compactMap { $0 }.min()
    let best = zip(means, ranks).first { $1 == first }?.0
    return means.map { $0.map { $0 + ($0 == best ? " *" : "  ") } ?? "-  " }
  }

  /// The mean of every method, with four digits behind the point, or up to six where methods are told apart by them.
  private func printedMeans(_ metric: Int) -> [String?] {
    let means = summary.methods.indices.map { method -> Double? in
      let values = summary.known(method, metric)
      return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    func texts(_ digits: Int) -> [String?] { means.map { $0.map { String(format: "%.\(digits)f", $0) } } }
    let different = Set(means).count
    return (4...6).map(texts).first { Set($0).count == different } ?? texts(4)
  }
}
