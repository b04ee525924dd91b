import Scoring
import TensorCore
import TestSupport
import Testing

/// What Quantus says of random maps, some sparse, with one and with two spatial axes.
enum ComplexityAnswers {
  static func check(_ id: String) throws {
    let answers = try StoredAnswers(ScoringFixture.path("complexity.answers.h5"))
    for extents in [[40], [9, 7]] {
      let name = extents.map(String.init).joined(separator: "x")
      let values = try answers.tensor("\(name)/\(id)").values
      for (item, expected) in values.enumerated() {
        let map = try answers.row(item, of: "\(name)/map")
        let judged = JudgedMap(
          map: map, input: map.map { _ in 1 }, weights: map.map { _ in 1 }, extents: extents)
        let found = try #require(try judged.score(id).value)
        #expect(abs(found - Double(expected)) <= 1e-5 * Double(expected), "\(name), map \(item)")
      }
    }
  }
}
