import Scoring
import TestSupport
import Testing

/// What Quantus, or the formula in NumPy, says of gradient times input of two smooth networks, with the same noise.
enum RobustnessAnswers {
  static let networks = ["signal-smooth", "image-smooth"]

  static func check(_ id: String, _ values: [String: String], is answer: String, on network: String) throws {
    let answers = try StoredAnswers(ScoringFixture.path("robustness.answers.h5"))
    for (item, expected) in try answers.doubles("\(network)/\(answer)").enumerated() {
      let explanation = try ScoringFixture.explanation(network, item: item, of: answers)
      let found = try #require(try ScoringFixture.score(id, values, of: explanation).value)
      #expect(
        abs(found - expected) <= 1e-5 * expected,
        "\(answer) of \(network), item \(item): \(found) for \(expected)")
    }
  }
}
