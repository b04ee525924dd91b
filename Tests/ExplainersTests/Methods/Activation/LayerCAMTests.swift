import Explainers
import Foundation
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct LayerCAMTests {
  private let chosen = ChosenGradients()

  @Test func workedExample() throws {
    // relu(G1) A1 = [[.5, .2], [0, 0]], relu(G2) A2 = [[0, .2], [.8, .1]].
    let found = try chosen.model().explain(chosen.input, with: .layerCAM())
    for (value, right) in zip(found.map.values, [0.5, 0.4, 0.8, 0.1] as [Float]) {
      #expect(abs(value - right) < 1e-6)
    }
    #expect(found.layer == "conv" && found.preset == .nonNegative)
  }

  /// Each map is resized and divided by its largest value, and made tanh(gamma m); then the mean, or the larger one.
  @Test(arguments: LayerFusion.allCases, [0.0, 2])
  func severalLayersAreFused(fusion: LayerFusion, gamma: Double) throws {
    let network = TinyNetwork(rank: 2)
    let model = try network.model()
    let single = try ["conv-activation", "conv-2-activation"].map {
      try model.explain(network.input(), with: .layerCAM(at: $0)).map
    }
    let scaled = single.map { map in
      map.values.map { gamma > 0 ? tanh(gamma * Double($0) / Double(map.maximum)) : Double($0 / map.maximum) }
    }
    let right = zip(scaled[0], scaled[1]).map { fusion == .mean ? ($0 + $1) / 2 : max($0, $1) }
    let found = try model.explain(
      network.input(),
      with: .layerCAM(at: "conv-activation", "conv-2-activation", fusion: fusion, gamma: gamma))
    var comparison = MapComparison()
    comparison.add(found.map.values, right.map { Float($0) })
    #expect(comparison.worst < 1e-6)
    #expect(found.layer == "conv-activation,conv-2-activation" && found.layerMap == nil)
    #expect(found.parameters.contains(.init("fusion", fusion.rawValue)))
    #expect(found.parameters.contains(.init("gamma", "\(gamma)")))
  }

  /// A map that is zero everywhere has no largest value to be divided by.
  @Test func aLayerWithoutAMapAddsNothing() throws {
    let chosen = ChosenGradients(gradient: Array(repeating: -1, count: 8))
    let found = try chosen.model().explain(chosen.input, with: .layerCAM(at: "conv", "conv"))
    #expect(found.map.values == [0, 0, 0, 0])
  }
}
