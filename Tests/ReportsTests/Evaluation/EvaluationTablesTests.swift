import Explainers
import Foundation
import Reports
import Scoring
import Testing

@Suite struct EvaluationTablesTests {
  private func summary() throws -> EvaluationSummary {
    let metrics = try ["deletion", "drop-rate"].map { try MetricCatalog.metric($0) }
    var summary = EvaluationSummary(
      methods: ["one", "other"], of: Evaluation(of: [Gradient(), Gradient()], by: metrics))
    summary.add([
      [MetricScore(0.5, curve: [1, 0]), MetricScore(0.1)],
      [MetricScore(0.5, curve: [1, 1]), .undefined("no")],
    ])
    summary.add([
      [MetricScore(0.5, curve: [1, 0.5]), MetricScore(0.3)], [MetricScore(0.25), MetricScore(0.2)],
    ])
    return summary
  }

  @Test func tables() throws {
    let summary = try summary()
    let rows = String(decoding: summary.metricTable(seed: 0), as: UTF8.self).split(separator: "\n")
    #expect(rows[1] == "one,deletion,2,0.5,0.0,0.5,0.5,2.0,1.75")
    #expect(rows[4] == "other,drop-rate,1,0.2,,0.2,0.2,1.5,1.0")
    let curves = try #require(summary.curveTable())
    #expect(
      String(decoding: curves, as: UTF8.self) == """
        method,metric,fraction,mean,standard_error
        one,deletion,0.0,1.0,0.0
        one,deletion,1.0,0.25,0.25
        other,deletion,0.0,1.0,0.0
        other,deletion,1.0,1.0,0.0

        """)
    let pairs = try #require(summary.significanceTable())
    #expect(
      String(decoding: pairs, as: UTF8.self) == """
        metric,method,other,items,median_difference,statistic,p,p_holm
        deletion,one,other,2,0.125,0.0,\(WilcoxonTest(of: [0, 0.25])?.p ?? 0),\(WilcoxonTest(of: [0, 0.25])?.p ?? 0)
        drop-rate,one,other,1,0.09999999999999998,0.0,1.0,1.0

        """)
  }

  @Test func scoresAreWrittenItemByItem() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).csv").path
    defer { unlink(path) }
    try ScoreTable.write(to: path, of: summary()) { receive in
      try receive("a,b", [[MetricScore(0.5), .undefined("no")], [MetricScore(1), MetricScore(0.125)]])
    }
    #expect(
      try String(contentsOfFile: path, encoding: .utf8) == """
        item,method,metric,value
        "a,b",one,deletion,0.5
        "a,b",one,drop-rate,
        "a,b",other,deletion,1.0
        "a,b",other,drop-rate,0.125

        """)
  }
}
