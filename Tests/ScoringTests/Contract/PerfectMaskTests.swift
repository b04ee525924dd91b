import Scoring
import TensorCore
import Testing

/// The evidence itself, taken as a map, has the best value that a metric of localisation can give; its opposite is worse.
@Suite struct PerfectMaskTests {
  static let metrics = MetricCatalog.metrics.filter { $0.family == .localisation }.map(\.id)
  static let evidence: [[Int]: [Float]] = [
    [12]: [0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0], [3, 4]: [0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0],
  ]

  static func score(_ id: String, _ extents: [Int], _ map: ([Float]) -> [Float]) throws -> MetricScore {
    let evidence = try #require(evidence[extents])
    let ones = [Float](repeating: 1, count: evidence.count)
    var judged = JudgedMap(map: map(evidence), input: ones, weights: ones, evidence: evidence)
    judged.extents = extents
    return try judged.score(id)
  }

  @Test(arguments: metrics, [[12], [3, 4]])
  func evidenceIsTheBestMap(id: String, extents: [Int]) throws {
    #expect(try Self.score(id, extents) { $0 }.value == 1)
    #expect(try Self.score(id, extents) { $0.map { 7 * $0 } }.value == 1)
    let opposite = try #require(try Self.score(id, extents) { $0.map { 1 - $0 } }.value)
    #expect(opposite == 0)
  }

  @Test(arguments: metrics)
  func withoutEvidenceThereIsNoValue(id: String) throws {
    var judged = JudgedMap(map: [1, 2, 3], input: [1, 1, 1], weights: [1, 1, 1])
    #expect(try judged.score(id).reason == "no mask of the true evidence is given for the item")
    judged.evidence = [0, 0, 0]
    #expect(try judged.score(id).reason == "the mask of the evidence marks no position")
  }

  @Test func thereAreEight() { #expect(Self.metrics.count == 8) }
}
