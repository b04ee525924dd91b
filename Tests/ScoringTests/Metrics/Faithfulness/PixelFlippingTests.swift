import Scoring
import Testing

@Suite struct PixelFlippingTests {
  @Test(arguments: FaithfulnessAnswers.networks)
  func valuesAreThoseOfQuantus(network: String) throws {
    try FaithfulnessAnswers.check("pixel-flipping", of: network)
  }

  /// The item ranges from 1 to 2, so 2 becomes 1, then 1 becomes 2: logits 3, 2 and 3, area (3 / 2 + 2 + 3 / 2) / 2.
  @Test func flipsValuesInTheRangeOfTheItem() throws {
    let judged = JudgedMap(map: [2, 1], input: [2, 1], weights: [1, 1])
    let score = try judged.score("pixel-flipping", ["baseline": "flip", "space": "logit"])
    #expect(score.curve == [3, 2, 3])
    #expect(score.value == 2.5)
  }

  @Test func isDeletionWithTheSameSettings() throws {
    let judged = JudgedMap(map: [2, 1, 3], input: [2, 1, -1], weights: [1, 1, 2])
    #expect(try judged.score("pixel-flipping") == judged.score("deletion"))
  }
}
