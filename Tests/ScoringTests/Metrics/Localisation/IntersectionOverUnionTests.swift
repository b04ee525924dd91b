import Scoring
import Testing

@Suite struct IntersectionOverUnionTests {
  @Test(arguments: LocalisationAnswers.extents)
  func valuesAreThoseOfSciPy(extents: [Int]) throws {
    try LocalisationAnswers.check("iou", over: extents)
  }

  static let judged = JudgedMap(
    map: [10, 9, 2, 1, 3, 0, 4, 5], input: Array(repeating: 1, count: 8),
    weights: Array(repeating: 1, count: 8), evidence: [1, 1, 1, 1, 0, 0, 0, 0])

  // Above 2: 0, 1, 4, 6, 7. Two of seven. Top half: 0, 1, 7, 6: two of six; as many as the evidence has: the same.
  @Test func waysToMark() throws {
    #expect(try Self.judged.score("iou").value == 2 / 7.0)
    #expect(try Self.judged.score("iou", ["binarisation": "top", "fraction": "0.5"]).value == 2 / 6.0)
    #expect(try Self.judged.score("iou", ["binarisation": "evidence"]).value == 2 / 6.0)
    #expect(try Self.judged.score("iou", ["threshold": "0.09"]).value == 4 / 7.0)
  }

  // Above 2 the regions are 0...1, 4 and 6...7: the first of the largest is inside. Boxes: 0...7 and 0...3; of the region 0...1.
  @Test func regionsAndBoxes() throws {
    #expect(try Self.judged.score("iou", ["largest-region": "true"]).value == 0.5)
    #expect(try Self.judged.score("iou", ["box": "true"]).value == 0.5)
    #expect(try Self.judged.score("iou", ["box": "true", "largest-region": "true"]).value == 0.5)
  }

  @Test func nothingAboveZeroMarksNothing() throws {
    var judged = Self.judged
    judged.map = Array(repeating: -1, count: 8)
    #expect(try judged.score("iou").reason == "the map has no positive value")
    #expect(
      try judged.score("iou", ["binarisation": "top"]).reason
        == "the map is the same everywhere, so no position is above another")
  }

  @Test func sharesOutsideTheirRangeAreRefused() {
    for (name, value) in [("threshold", "1"), ("fraction", "0"), ("binarisation", "otsu")] {
      let settings = MetricSettings(metric: "iou", values: [name: value])
      #expect(throws: ScoringError.self) { try IntersectionOverUnion(settings: settings) }
    }
  }
}
