import Foundation
import Testing

@Suite struct EvaluateTests {
  private static let methods = "gradient,grad-cam,lrp"
  private static let tables = ["curves.csv", "scores.csv", "significance.csv", "table.csv"]

  private func evaluate(
    _ options: [String], into folder: TemporaryFolder, interruptedAfter seconds: Double? = nil
  ) throws -> LensProcess {
    try LensProcess(
      ["evaluate", ExplainTests.model, ExplainTests.samples, "--key", "x"] + options + [
        "--output", folder.path,
      ], interruptedAfter: seconds, by: SIGKILL)
  }

  private func content(_ name: String, of folder: TemporaryFolder) throws -> String {
    try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)
  }

  @Test func writesTablesAndExamples() throws {
    let folder = try TemporaryFolder()
    let run = try evaluate(
      [
        "--labels-key", "y", "--methods", Self.methods, "--metrics", "confidence", "--examples", "1",
        "--set", "drop-rate.fraction=0.3",
      ], into: folder)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(
      folder.files().filter { !$0.hasPrefix("examples") } == [
        "classification.csv", "confusion.csv", "curves.csv", "manifest.json", "roc.csv", "scores.csv",
        "significance.csv", "table.csv",
      ])
    let scores = try content("scores.csv", of: folder).split(separator: "\n")
    #expect(scores.count == 1 + 20 * 3 * 5)
    #expect(scores[0] == "item,method,metric,value")
    let table = try content("table.csv", of: folder).split(separator: "\n")
    #expect(table.count == 1 + 3 * 5)
    #expect(table[0] == "method,metric,items,mean,standard_error,ci_low,ci_high,rank,mean_rank")
    let manifest = try content("manifest.json", of: folder)
    #expect(manifest.contains("\"fraction\" : \"0.3\""))
    #expect(manifest.contains("\"direction\" : \"lower\""))
    #expect(run.output.contains("drop-rate"))
    let example = try String(contentsOfFile: "\(folder.path)/examples/summary.csv", encoding: .utf8)
    #expect(example.split(separator: "\n").count == 1 + 3)
  }

  /// Killed at ten moments and resumed each time, an evaluation writes the same bytes as one that was left alone.
  @Test func resumedAfterBeingKilledItWritesTheSameBytes() throws {
    let options = ["--methods", Self.methods, "--metrics", "confidence", "--examples", "0"]
    let whole = try TemporaryFolder()
    let start = Date()
    #expect(try evaluate(options, into: whole).exitCode == 0)
    let seconds = Date().timeIntervalSince(start)
    let folder = try TemporaryFolder()
    var kills = 0
    for moment in 1...10 {
      let run = try evaluate(
        options + (moment == 1 ? [] : ["--resume"]) + ["--threads", "\(1 + moment % 2)"], into: folder,
        interruptedAfter: seconds * Double(moment) / 10)
      kills += run.exitCode == 0 ? 0 : 1
    }
    let last = try evaluate(options + ["--resume"], into: folder)
    #expect(last.exitCode == 0, "\(last.errors)")
    #expect(kills > 0)
    for table in Self.tables { #expect(try content(table, of: folder) == content(table, of: whole)) }
    #expect(!folder.files().contains("evaluation.journal"))
    // Without examples the manifest still says how the methods were set.
    #expect(try content("manifest.json", of: folder).contains("\"layer\" : \"conv"))
  }

  @Test func anotherEvaluationIsNotResumed() throws {
    let folder = try TemporaryFolder()
    let options = ["--methods", "gradient", "--metrics", "drop-rate", "--examples", "0"]
    try Data("\"something else\"\n".utf8).write(
      to: URL(fileURLWithPath: "\(folder.path)/evaluation.journal"))
    let refused = try evaluate(options + ["--resume"], into: folder)
    #expect(refused.exitCode == 64)
    #expect(refused.errors.contains("belongs to an evaluation with another model, data or options"))
    #expect(try evaluate(options, into: folder).exitCode == 0)
  }

  @Test(
    arguments: [
      (
        ["--methods", "gradient", "--metrics", "beauty"],
        "there is no metric 'beauty'; the metrics are drop-rate,"
      ),
      (["--methods", "gradient", "--metrics", ","], "a metric is missing"),
      (
        ["--methods", "gradient", "--metrics", "deletion", "--set", "deletion.colour=red"],
        "the metric 'deletion' has no parameter 'colour'"
      ),
      (
        ["--methods", "gradient", "--metrics", "deletion", "--set", "deletion.step=0"],
        "'0' is not a value for deletion.step"
      ),
    ])
  func badRequests(options: [String], sentence: String) throws {
    let run = try evaluate(options, into: TemporaryFolder())
    #expect(run.exitCode == 64)
    #expect(run.errors.contains(sentence), "\(run.errors)")
  }

  @Test func masksMustBeThoseOfTheItems() throws {
    let (folder, files) = (try TemporaryFolder(), try TemporaryFolder())
    let masks = "\(files.path)/masks.csv"
    try (0..<3).map { _ in (0..<40).map { "\($0 % 2)" }.joined(separator: ",") }.joined(separator: "\n")
      .write(toFile: masks, atomically: true, encoding: .utf8)
    let run = try evaluate(
      ["--methods", "gradient", "--metrics", "drop-rate", "--masks", masks], into: folder)
    #expect(run.exitCode == 65)
    #expect(
      run.errors
        == "lens: '\(masks)' holds 3 masks for 20 items; give one for every item, in their order\n")
  }

  @Test func theShareOfTheEvidenceIsWritten() throws {
    let (folder, files) = (try TemporaryFolder(), try TemporaryFolder())
    let masks = "\(files.path)/masks.csv"
    // Ten of forty positions in the first, none in the second.
    try [10, 0].map { last in (0..<40).map { $0 < last ? "1" : "0" }.joined(separator: ",") }
      .joined(separator: "\n").write(toFile: masks, atomically: true, encoding: .utf8)
    let run = try evaluate(
      ["--methods", "gradient", "--metrics", "relevance-rank", "--items", "0-1", "--examples", "0"]
        + ["--masks", masks], into: folder)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(
      try content("evidence.csv", of: folder)
        == "item,positions,evidence,share\nx-0,40,10,0.25\nx-1,40,0,0.0\n")
    #expect(run.output.contains("the true evidence covers 25.0 % of an item on average\n"))
  }

  /// Where there are more methods than metrics, methods are the rows.
  @Test(arguments: [
    ("gradient,lrp", "metric         better"), ("gradient,lrp,grad-cam", "method    drop-rate (lower)  "),
  ])
  func theLongerListMakesTheRows(methods: String, head: String) throws {
    let run = try evaluate(
      ["--methods", methods, "--metrics", "drop-rate,increase-rate", "--items", "0-1", "--examples", "0"],
      into: TemporaryFolder())
    #expect(run.output.hasPrefix(head), "\(run.output)")
    #expect(run.output.contains(" *"))
  }

  /// What takes long is said before it begins; what does not, is not.
  @Test(arguments: [(1, false), (20, true)])
  func manyExplanationsAreAnnounced(items: Int, isMuch: Bool) throws {
    let run = try evaluate(
      ["--methods", "gradient,grad-cam", "--metrics", "max-sensitivity,avg-sensitivity,random-logit"]
        + ["--items", "0-\(items - 1)", "--examples", "0", "--set", "max-sensitivity.samples=30"]
        + ["--set", "avg-sensitivity.samples=30"], into: TemporaryFolder())
    #expect(run.exitCode == 0, "\(run.errors)")
    let sentences = """
      max-sensitivity and avg-sensitivity explain every item 30 times more by every method: 1200 explanations
      random-logit explains every item once more by every method: 40 explanations

      """
    #expect(run.output.hasPrefix(sentences) == isMuch, "\(run.output)")
    #expect(run.output.contains("explain every item") == isMuch)
  }

  /// Twice the same method would be a tie with itself.
  @Test func everyMethodCountsOnce() throws {
    let folder = try TemporaryFolder()
    let run = try evaluate(
      ["--methods", "gradient,gradient", "--metrics", "drop-rate", "--items", "0,1", "--examples", "0"],
      into: folder)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(try content("table.csv", of: folder).split(separator: "\n").count == 2)
  }

  /// Commands without metrics do not pass over their parameters in silence.
  @Test(arguments: [["explain", "--method"], ["compare", "--methods"]])
  func metricsHaveNoParametersElsewhere(command: [String]) throws {
    let folder = try TemporaryFolder()
    let run = try LensProcess([
      command[0], ExplainTests.model, ExplainTests.samples, "--key", "x", command[1], "gradient", "--set",
      "deletion.step=3", "--output", folder.path,
    ])
    #expect(run.exitCode == 64)
    #expect(run.errors.hasPrefix("lens: there is no method 'deletion'; the methods are gradient,"))
  }

  @Test func theCatalogueIsListed() throws {
    let run = try LensProcess(["metrics"])
    #expect(run.exitCode == 0)
    #expect(run.output.contains("--set insertion.baseline=…"))
  }
}
