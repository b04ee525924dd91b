import Foundation
import Scoring
import TestSupport
import Testing

@Suite struct EvaluationJournalTests {
  private let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).journal").path

  private func scores(_ name: String, _ value: Double) -> ItemScores {
    var scores = ItemScores(item: name)
    scores.outputs = [0.1, 1 / 3]
    scores.scores = [[MetricScore(value, curve: [1, 0.1]), .undefined("there is no mask")]]
    return scores
  }

  @Test func finishedPartsAreThereAgain() throws {
    defer { unlink(path) }
    let journal = try EvaluationJournal(path, of: "a run", resuming: false)
    try journal.append(.item(4, scores("d", 0.1)))
    try journal.append(.item(1, scores("a", 2.0 / 3)))
    try journal.append(.group(0, [[[MetricScore(1)]]]))
    let again = try EvaluationJournal(path, of: "a run", resuming: true)
    #expect(again.finishedItems == [1, 4])
    #expect(again.finishedGroups == [0])
    #expect(try again.item(1) == scores("a", 2.0 / 3))
    #expect(try again.item(4) == scores("d", 0.1))
    #expect(try again.item(0) == nil)
    #expect(try again.group(0) == [[[MetricScore(1)]]])
  }

  /// Wherever writing stopped, what was whole is kept and the rest is cut off.
  @Test func halfWrittenLinesAreCutOff() throws {
    defer { unlink(path) }
    let journal = try EvaluationJournal(path, of: "a run", resuming: false)
    try journal.append(.item(0, scores("a", 1)))
    try journal.append(.item(1, scores("b", 2)))
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    let lines = whole.split(separator: UInt8(ascii: "\n"))
    let (head, first) = (lines[0].count + 1, lines[1].count + 1)
    for length in 0..<whole.count {
      try whole.prefix(length).write(to: URL(fileURLWithPath: path))
      let again = try EvaluationJournal(path, of: "a run", resuming: true)
      #expect(again.finishedItems == (length < head + first ? [] : [0]))
      try again.append(.item(1, scores("b", 2)))
      #expect(try again.item(1) == scores("b", 2))
      let reopened = try EvaluationJournal(path, of: "a run", resuming: true)
      #expect(reopened.finishedItems.contains(1))
    }
  }

  @Test func otherRunsAndDamageAreRefused() throws {
    defer { unlink(path) }
    let journal = try EvaluationJournal(path, of: "a run", resuming: false)
    try journal.append(.item(0, scores("a", 1)))
    #expect(
      sentence { _ = try EvaluationJournal(path, of: "another run", resuming: true) }
        == "'\(path)' belongs to an evaluation with another model, data or options; "
        + "run it with those, choose another --output, or leave out --resume to begin anew")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacing("\"item\"", with: "\"it\"").write(toFile: path, atomically: true, encoding: .utf8)
    #expect(
      sentence { _ = try EvaluationJournal(path, of: "a run", resuming: true) }
        == "'\(path)' is damaged, so that the evaluation cannot be resumed; leave out --resume to begin anew")
    #expect(
      sentence { _ = try EvaluationJournal("/no/folder/x", of: "a run", resuming: true) }
        == "cannot write '/no/folder/x', which keeps what is finished; name an --output that can be written to and has space"
    )
    #expect(try EvaluationJournal(path, of: "another run", resuming: false).finishedItems.isEmpty)
  }
}
