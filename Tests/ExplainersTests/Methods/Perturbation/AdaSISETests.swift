import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct AdaSISETests {
  @Test(arguments: PerturbationAnswers.cases)
  func mapsAreThoseOfTheFormula(name: String, space: ScoreSpace) throws {
    let answers = try PerturbationAnswers(name, space)
    #expect(try answers.worst(.adaSISE(), "ada-sise") <= 1e-5)
    for item in 0..<answers.inputs.shape.batch {
      let found = try answers.model.explain(
        answers.inputs.item(item), with: .adaSISE(), for: Target(.top, in: space))
      let masks = try answers.answers.doubles(item, of: "\(space.rawValue)/masks").map { Int($0) }
      #expect(found.passes == 2 + masks[1])
      #expect(found.notes.last == "saved \(masks[0] - masks[1]) forward passes against SISE")
    }
  }

  /// Only what is selected is run.
  @Test func passesAreThoseThatWereRun() throws {
    let probe = CountingLayer()
    var network = TinyNetwork(rank: 2)
    network.probe = probe
    let found = try network.model().explain(network.input(), with: .adaSISE())
    #expect(probe.counts.items == found.passes)
  }
}
