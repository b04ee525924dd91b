import Explainers
import Foundation
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct ScoreCAMTests {
  /// Behind the masks A / 2 the positions, which add .5, .4, .8 and -.1 to the score, give .6 and .95.
  ///
  ///     .25 + .4 + 0 - .05 and 0 + .2 + .8 - .05
  @Test(
    arguments: [
      // Softmax: 1 / (1 + exp(.35)) = .413382 and .586618.
      (.paper, [0.413382, 1.413382, 1.173235, 1]), (.torchCAM, [0.413382, 1.413382, 1.173235, 1]),
      // The scores themselves: .6 A1 + .95 A2.
      (.official, [0.6, 2.15, 1.9, 1.55]),
    ] as [(ScoreCAM.Variant, [Float])])
  func workedExample(variant: ScoreCAM.Variant, right: [Float]) throws {
    let chosen = ChosenGradients()
    let found = try chosen.model().explain(chosen.input, with: .scoreCAM(variant: variant))
    for (value, right) in zip(found.map.values, right) { #expect(abs(value - right) < 2e-6) }
    #expect(found.passes == 3)
  }

  /// A map that is the same everywhere has a mask of zeros, and all such maps share one pass.
  @Test func constantMaps() throws {
    let chosen = ChosenGradients(maps: [1, 2, 2, 2, 0, 2, 1, 2])
    let model = try chosen.model()
    // Behind A1 / 2 the positions add .5 (.5 - .6), (.2 + .4), 0, .5 (-.2 + .2): -.05 + .6 = .55; behind zeros 0.
    let paper = try model.explain(chosen.input, with: .scoreCAM())
    let weight = 1 / (1 + exp(-0.55))
    let right = [1, 2, 0, 1].map { Float(weight * $0 + (1 - weight) * 2) }
    for (value, right) in zip(paper.map.values, right) { #expect(abs(value - right) < 2e-6) }
    let official = try model.explain(chosen.input, with: .scoreCAM(variant: .official))
    for (value, right) in zip(official.map.values, [0.55, 1.1, 0, 0.55] as [Float]) {
      #expect(abs(value - right) < 2e-6)
    }
    let still = ChosenGradients(maps: [1, 2, 1, 2, 1, 2, 1, 2])
    #expect(try still.model().explain(still.input, with: .scoreCAM()).passes == 2)
  }

  @Test func masksAreRunInBatches() throws {
    let probe = CountingLayer()
    var network = TinyNetwork(rank: 2)
    network.probe = probe
    let model = try network.model()
    let found = try model.explain(network.input(), with: .scoreCAM(at: "conv"))
    #expect(found.passes == 5 && probe.counts.items == 5)
    #expect(probe.counts.largestBatch == model.streamed(4).largest)
  }

  @Test func reshapedInputsAreMaskedElementByElement() throws {
    // The same network and numbers with rows of pixels as input.
    let chosen = ChosenGradients()
    let found = try chosen.model(rows: true).explain(
      chosen.input.reshaped(to: [1, 2, 4]), with: .scoreCAM(variant: .official))
    let right: [Float] = [0.6, 0.6, 2.15, 2.15, 1.9, 1.9, 1.55, 1.55]
    for (value, right) in zip(found.map.values, right) { #expect(abs(value - right) < 2e-6) }
  }
}
