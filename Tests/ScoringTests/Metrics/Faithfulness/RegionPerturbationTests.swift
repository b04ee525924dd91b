import Scoring
import Testing

@Suite struct RegionPerturbationTests {
  @Test(arguments: FaithfulnessAnswers.networks)
  func valuesAreThoseOfQuantus(network: String) throws {
    try FaithfulnessAnswers.check("region-perturbation", of: network)
  }

  static let judged = JudgedMap(map: [1, 1, 5, 0], input: [1, 2, 3, 4], weights: [1, 1, 1, 1])

  // Patch sums 2 and 5: logits 10, 3, 0, falls 0, 7, 10. The other way round 10, 7, 0, which is 0, 4, 0 above.
  @Test func fallsOfTheScoreWithoutPatches() throws {
    let settings = ["window": "2", "space": "logit"]
    let score = try Self.judged.score("region-perturbation", settings)
    #expect(score.curve == [10, 3, 0])
    let value = try #require(score.value)
    #expect(abs(value - 17 / 3.0) < 1e-6)
    let between = try Self.judged.score(
      "region-perturbation", settings.merging(["variant": "between"]) { $1 })
    #expect(abs((between.value ?? 0) - 4 / 3.0) < 1e-6)
    let one = try Self.judged.score("region-perturbation", settings.merging(["regions": "1"]) { $1 })
    #expect(one.value == 3.5)
  }

  // Two rows of three by patches of one row and two columns: the last of every row is cut off. Sums 3, 7, 1, 4.
  @Test func patchesAreCutOffAtBorders() throws {
    var judged = JudgedMap(
      map: [1, 2, 7, 0, 1, 4], input: [1, 2, 4, 8, 16, 32], weights: [1, 1, 1, 1, 1, 1])
    judged.extents = [2, 3]
    let score = try judged.score("region-perturbation", ["window": "1x2", "space": "logit"])
    #expect(score.curve == [63, 59, 27, 24, 0])
  }

  @Test func windowsNeedOneExtentForEveryAxis() throws {
    let error = #expect(throws: ScoringError.self) {
      try Self.judged.score("region-perturbation", ["window": "2x2"])
    }
    let sentence = error?.description ?? ""
    #expect(
      sentence.hasPrefix("'2x2' is not a value for region-perturbation.window, which should be one whole"))
  }
}
