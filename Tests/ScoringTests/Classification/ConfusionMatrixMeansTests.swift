import Scoring
import TestSupport
import Testing

@Suite struct ConfusionMatrixMeansTests {
  @Test(arguments: [("all", 4), ("absent", 6), ("never-predicted", 4)])
  func meansAreThoseOfScikitLearn(name: String, classes: Int) throws {
    let answers = try StoredAnswers(ScoringFixture.path("means.answers.h5"))
    let items = try (0..<2).map { try answers.doubles($0, of: "report/\(name)/items").map { Int($0) } }
    var matrix = ConfusionMatrix(classes: classes)
    for (label, predicted) in zip(items[0], items[1]) { matrix.add(label: label, predicted: predicted) }
    for (mean, kind) in [(matrix.macroMean, "macro"), (matrix.weightedMean, "weighted")] {
      let (mean, expected) = (try #require(mean), try answers.doubles("report/\(name)/\(kind)"))
      #expect(zip([mean.precision, mean.recall, mean.f1], expected).allSatisfy { abs($0 - $1) < 1e-12 })
    }
  }

  @Test func withoutItemsThereIsNone() {
    #expect(ConfusionMatrix(classes: 2).macroMean == nil && ConfusionMatrix(classes: 2).weightedMean == nil)
  }
}
