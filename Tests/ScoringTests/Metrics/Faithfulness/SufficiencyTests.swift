import Scoring
import Testing

@Suite struct SufficiencyTests {
  static func scores(_ maps: [[Float]], _ classes: [Int], _ values: [String: String]) throws -> [MetricScore]
  {
    let metric = try Sufficiency(settings: MetricSettings(metric: "sufficiency", values: values))
    return metric.scores(zip(maps, classes).map { GroupMember(map: $0, predicted: $1) })
  }

  /// SciPy's distances and Quantus's shares; -1 where there is no similar item.
  @Test func valuesAreThoseOfQuantus() throws {
    let answers = try MetricAnswers("signal-relu.faithfulness.h5").answers
    let classes = try answers.integers("predicted")
    let maps = try classes.indices.map { try answers.row($0, of: "maps") }
    let cases = try answers.names(in: "sufficiency")
    #expect(cases.count == 3)
    for text in cases {
      let pairs = text.split(separator: " ").map { $0.split(separator: "=") }
      let values = Dictionary(uniqueKeysWithValues: pairs.map { (String($0[0]), String($0[1])) })
      let found = try Self.scores(maps, classes, values)
      for item in classes.indices {
        let expected = try answers.doubles(item, of: "sufficiency/\(text)")[0]
        #expect(abs((found[item].value ?? -1) - expected) < 1e-12, "\(text), item \(item)")
      }
    }
  }

  /// Distances .1, 1.41 and 1.35: up to .71 only the first two are similar.
  @Test func similarExplanationsShouldHaveOneClass() throws {
    let maps: [[Float]] = [[1, 0], [1, 0.1], [0, 1]]
    let values = ["threshold": "0.5", "distance": "euclidean"]
    #expect(try Self.scores(maps, [0, 0, 1], values).map(\.value) == [1, 1, nil])
    #expect(try Self.scores(maps, [0, 1, 1], values).map(\.value) == [0, 0, nil])
    #expect(try Self.scores(maps, [0, 1, 1], values)[2].reason == "no other item has a similar explanation")
  }

  /// Maps count up to their scale, and by default without their signs.
  @Test func everyMapIsDividedByItsLargestMagnitude() throws {
    let maps: [[Float]] = [[1, 0], [-100, 0], [0, 1]]
    #expect(try Self.scores(maps, [0, 0, 1], [:]).map(\.value) == [1, 1, nil])
  }

  @Test func equalMapsAreAllSimilarAndZeroMapsHarmless() throws {
    #expect(try Self.scores([[0, 0], [0, 0], [0, 0]], [0, 0, 1], [:]).map(\.value) == [0.5, 0.5, 0])
    #expect(try Self.scores([[1, 2]], [0], [:])[0].reason == "there is no other item to compare with")
    #expect(
      try Self.scores([[1, 2], [1]], [0, 0], [:])[0].reason == "the maps of the group have different shapes")
  }
}
