import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct ConsensusTests {
  /// `(scipy.stats.rankdata(values) - 1) / (count - 1)`.
  @Test func ranksAreThoseOfSciPy() {
    #expect(Consensus.ranks(of: [3, -1, 3, 0, 7]) == [0.625, 0, 0.625, 0.25, 1])
    #expect(Consensus.ranks(of: [2, 2, 2]) == [0.5, 0.5, 0.5])
    #expect(Consensus.ranks(of: [5]) == [0])
  }

  @Test func meansAndDeviationsOfTheRanks() throws {
    let network = TinyNetwork(rank: 1)
    let model = try network.model()
    let found = try model.explain(network.input(), with: .consensus(of: "gradient", "occlusion"))
    let maps = try ["gradient", "occlusion"].map {
      try model.explain(network.input(), with: MethodCatalog.method($0)).map.overChannels(.sum).values
    }
    let (first, second) = (Consensus.ranks(of: maps[0]), Consensus.ranks(of: maps[1]))
    let disagreement = try #require(found.disagreement)
    for position in first.indices {
      #expect(abs(Double(found.map.values[position]) - (first[position] + second[position]) / 2) < 1e-6)
      #expect(
        abs(Double(disagreement.values[position]) - abs(first[position] - second[position]) / 2) < 1e-6)
    }
    #expect(found.parameters == [.init("methods", "gradient,occlusion")])
  }

  @Test func oneMethodAgreesWithItself() throws {
    let network = TinyNetwork(rank: 2)
    let found = try network.model().explain(network.input(), with: .consensus(of: "gradient"))
    #expect(try #require(found.disagreement).values.allSatisfy { $0 == 0 })
    #expect(found.map.minimum == 0 && found.map.maximum == 1)
  }

  @Test func methodsThatAreNotThereAreNamed() {
    #expect(throws: ExplanationError.self) { try Consensus(of: ["consensus"]) }
    #expect(throws: ExplanationError.self) { try Consensus(of: ["gradient", "magic"]) }
  }
}
