import Scoring
import Testing

@Suite struct IROFTests {
  @Test(arguments: ["signal-relu", "image-relu"])
  func valuesAreThoseOfTheFormula(network: String) throws {
    try FaithfulnessAnswers.check("irof", of: network)
  }

  // Means of the map 1 and 2.5: the second half is hidden first. Shares 1, .3, 0 of the logit 10, area (.5 + .3) / 2.
  @Test func areaOverTheCurve() throws {
    let judged = JudgedMap(map: [1, 1, 5, 0], input: [1, 2, 3, 4], weights: [1, 1, 1, 1])
    let score = try judged.score("irof", ["segments": "2", "baseline": "zero", "space": "logit"])
    #expect(zip(score.curve, [1, 0.3, 0]).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(abs((score.value ?? 0) - 0.6) < 1e-6)
  }

  /// The mean of the item is 2.5, so hiding all of a model that adds changes nothing.
  @Test func segmentsUsuallyBecomeTheMean() throws {
    let judged = JudgedMap(map: [1, 1, 5, 0], input: [1, 2, 3, 4], weights: [1, 1, 1, 1])
    let score = try judged.score("irof", ["segments": "2", "space": "logit"])
    #expect(zip(score.curve, [1, 0.8, 1]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func sharesOfZeroDoNotExist() throws {
    let judged = JudgedMap(map: [1, 2], input: [1, -1], weights: [1, 1])
    #expect(
      try judged.score("irof", ["space": "logit"]).reason
        == "the score of the item is zero, so there are no shares of it")
  }

  /// Every map would have the same value.
  @Test func singleSegmentsHaveNoOrder() throws {
    let judged = JudgedMap(map: [1, 2], input: [1, 2], weights: [1, 1])
    #expect(
      try judged.score("irof", ["segments": "1"]).reason
        == "the input is a single segment, so there is no order of segments to judge")
  }

  @Test func numbersOfSegmentsAreChecked() {
    let error = #expect(throws: ScoringError.self) {
      try IROF(settings: MetricSettings(metric: "irof", values: ["segments": "0"]))
    }
    #expect(
      error?.description
        == "'0' is not a value for irof.segments, which should be a whole number from 1 to 1000")
  }
}
