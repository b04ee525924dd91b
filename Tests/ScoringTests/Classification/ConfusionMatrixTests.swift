import Scoring
import TestSupport
import Testing

@Suite struct ConfusionMatrixTests {
  @Test(arguments: [("all", 4), ("absent", 6), ("never-predicted", 4)])
  func qualityIsThatOfScikitLearn(name: String, classes: Int) throws {
    let answers = try StoredAnswers(ScoringFixture.path("statistics.answers.h5"))
    let items = try (0..<2).map { try answers.doubles($0, of: "report/\(name)/items").map { Int($0) } }
    let matrix = ConfusionMatrix(predicted: items[1], actual: items[0], classes: classes)
    #expect(matrix.items == 60)
    let accuracies = try answers.all("report/\(name)/accuracy")
    #expect(abs(try #require(matrix.accuracy) - accuracies[0]) < 1e-15)
    for (index, quality) in matrix.classes.enumerated() {
      let expected = try answers.doubles(index, of: "report/\(name)/classes")
      let found = [quality.precision, quality.recall, quality.f1]
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-15 })
      #expect(abs(quality.accuracy - accuracies[index + 1]) < 1e-15)
    }
    for (mean, kind) in [(matrix.macroMean, "macro"), (matrix.weightedMean, "weighted")] {
      let (mean, expected) = (try #require(mean), try answers.all("report/\(name)/\(kind)"))
      #expect(zip([mean.precision, mean.recall, mean.f1], expected).allSatisfy { abs($0 - $1) < 1e-15 })
    }
  }

  @Test func countsItems() {
    let matrix = ConfusionMatrix(predicted: [0, 1, 1, 0], actual: [0, 1, 0, 0], classes: 2)
    #expect(matrix.counts == [[2, 1], [0, 1]])
    #expect(matrix.accuracy == 0.75)
    #expect(matrix.classes[1].precision == 0.5 && matrix.classes[1].recall == 1)
  }

  @Test func withoutItemsNothingIsKnown() {
    let matrix = ConfusionMatrix(predicted: [], actual: [], classes: 2)
    #expect(matrix.accuracy == nil && matrix.macroMean == nil && matrix.weightedMean == nil)
    #expect(matrix.classes.allSatisfy { $0.f1 == 0 && $0.accuracy == 0 })
  }
}
