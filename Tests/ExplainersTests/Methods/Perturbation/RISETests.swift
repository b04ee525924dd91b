import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct RISETests {
  private static let official = RISE(masks: 60, cells: 4, probability: 0.4, seed: 3)
  private static let course = RISE(masks: 40, cells: 5, probability: 0.5, variant: .course, seed: 4)

  @Test(arguments: PerturbationAnswers.cases)
  func mapsAreThoseOfTheFormula(name: String, space: ScoreSpace) throws {
    let answers = try PerturbationAnswers(name, space)
    #expect(try answers.worst(Self.official, "rise") <= 1e-5)
    #expect(try answers.worst(Self.course, "rise-course") <= 1e-5)
    let error = try answers.worst("rise-error") {
      try #require(
        try answers.model.explain($0, with: Self.official, for: Target(.top, in: space)).standardError)
    }
    #expect(error <= 1e-5)
  }

  /// The standard error is the deviation of the map over seeds.
  @Test func standardErrorsAreThoseOverSeeds() throws {
    let network = TinyNetwork(rank: 1)
    let model = try network.model()
    let runs = try (0..<60).map {
      try model.explain(network.input(), with: .rise(masks: 100, seed: UInt32($0)))
    }
    for position in 0..<12 {
      let values = runs.map { Double($0.map[0, position, 0]) }
      let mean = values.reduce(0, +) / 60
      let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 59).squareRoot()
      let stated = try runs.reduce(0) { try $0 + Double(#require($1.standardError)[0, position, 0]) / 60 }
      #expect(abs(stated / deviation - 1) < 0.4)
    }
  }

  @Test func memoryDoesNotGrowWithMasks() throws {
    let probe = CountingLayer()
    var network = TinyNetwork(rank: 2)
    network.probe = probe
    let model = try network.model()
    let found = try model.explain(network.input(), with: .rise(masks: 500))
    #expect(probe.counts.items == 501 && found.passes == 501)
    #expect(probe.counts.largestBatch <= model.streamingBatch)
  }

  @Test func stopsWhenStable() throws {
    let probe = CountingLayer()
    var network = TinyNetwork(rank: 1)
    network.probe = probe
    let model = try network.model()
    let found = try model.explain(network.input(), with: .rise(masks: 4000, stopsWhenStable: true))
    let passes = try #require(found.passes)
    #expect(probe.counts.items == passes && passes < 4001)
    // Checkpoints are 200 masks apart; the fourth is the first at which three comparisons can have succeeded.
    #expect((passes - 1) % 200 == 0 && passes > 800)
    #expect(
      found.notes == [
        "stopped after \(passes - 1) of 4000 masks, because the highest tenth of the map was stable"
      ])
    // What was found is the map of so many masks.
    let plain = try model.explain(network.input(), with: .rise(masks: passes - 1))
    #expect(plain.map.bits == found.map.bits && plain.notes.isEmpty)
  }
}
