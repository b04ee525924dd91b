import Scoring
import TestSupport
import Testing

/// Against scikit-learn (`Scripts/make-statistics-answers.py`); class 3 has no items, and scores repeat.
@Suite struct ClassificationTests {
  @Test func confusionsAndQualityOfClasses() throws {
    let answers = try EvaluationStatisticsTests.answers()
    let labels = try answers.integers("classification/labels")
    let predicted = try answers.integers("classification/predicted")
    var matrix = ConfusionMatrix(classes: 4)
    for (label, predicted) in zip(labels, predicted) { matrix.add(label: label, predicted: predicted) }
    #expect(matrix.counts.flatMap { $0 } == (try answers.integers("classification/confusion")))
    #expect(matrix.total == labels.count)
    let right = zip(labels, predicted).filter { $0 == $1 }.count
    #expect(matrix.accuracy == Double(right) / Double(labels.count))
    let (precision, recall) = (
      try answers.doubles("classification/precision"), try answers.doubles("classification/recall")
    )
    let (f1, support) = (
      try answers.doubles("classification/f1"), try answers.integers("classification/support")
    )
    for index in 0..<4 {
      let quality = matrix.quality(of: index)
      #expect(quality.support == support[index])
      #expect(abs((quality.precision ?? 0) - precision[index]) < 1e-12)
      #expect(abs((quality.recall ?? 0) - recall[index]) < 1e-12)
      #expect(abs((quality.f1 ?? 0) - f1[index]) < 1e-12)
    }
    #expect(matrix.quality(of: 3).recall == nil)
  }

  @Test func curveHasOnePointForEveryScore() throws {
    let answers = try EvaluationStatisticsTests.answers()
    let labels = try answers.integers("classification/labels")
    let scores = try answers.doubles("classification/scores")
    let areas = try answers.doubles("classification/auc")
    for index in 0..<3 {
      let curve = try #require(
        ROCCurve(
          scores: labels.indices.map { scores[$0 * 4 + index] }, isPositive: labels.map { $0 == index }))
      #expect(abs(curve.area - areas[index]) < 1e-12)
    }
    let curve = try #require(
      ROCCurve(scores: labels.indices.map { scores[$0 * 4 + 1] }, isPositive: labels.map { $0 == 1 }))
    let found = curve.points.dropFirst().flatMap {
      [$0.threshold, $0.falsePositiveRate, $0.truePositiveRate]
    }
    let expected = try answers.doubles("classification/roc")
    #expect(found.count == expected.count)
    #expect(zip(found, expected).filter { abs($0 - $1) > 1e-7 }.isEmpty)
    #expect(ROCCurve(scores: [0.1, 0.2], isPositive: [true, true]) == nil)
  }
}
