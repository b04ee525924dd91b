import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct GradCAMPlusPlusTests {
  private let chosen = ChosenGradients()

  private func shares(_ variant: GradCAMPlusPlus.Variant) throws -> [Float] {
    let map = try chosen.model().explain(chosen.input, with: .gradCAMPlusPlus(variant: variant)).map
    return map.values.map { $0 / map.maximum }
  }

  /// Sums of the maps are 4 and 4; alpha = G^2 / (2 G^2 + 4 G^3 + 1e-6):
  /// (.25, .416649, 0, .833316) and (1.249983, .357140, .277777, .416649); with relu(G) w = (.166665, .224204).
  @Test func workedExample() throws {
    let right: [Float] = [0.298932, 1, 0.804270, 0.701068]
    for (found, right) in zip(try shares(.pytorchGradCAM), right) { #expect(abs(found - right) < 2e-6) }
    let map = try chosen.model().explain(chosen.input, with: .gradCAMPlusPlus()).map
    #expect(abs(map.values[0] - 0.166665) < 1e-6)
  }

  /// The alphas divided by their sum where the gradient is positive: (.375, .625, 0, 1.25) and (1.188679, .339623, .264151, .396226).
  @Test func workedExampleOfTheAuthors() throws {
    let right: [Float] = [0.350529, 1, 0.597884, 0.649471]
    for (found, right) in zip(try shares(.official), right) { #expect(abs(found - right) < 2e-6) }
    // Without the factor exp(score): w1 = .375 * .5 + .625 * .1 = .25.
    let map = try chosen.model().explain(chosen.input, with: .gradCAMPlusPlus(variant: .official)).map
    #expect(abs(map.values[0] - 0.25) < 1e-6)
  }

  /// Sums of A G^3: A1: .125 + .002 - .008 = .119, A2: .008 + .128 + .001 = .137.
  @Test func sumOfProductsByHand() throws {
    // alpha1 = .25 / .619, .01 / .139; w1 = .5 * .403877 + .1 * .071942 = .209133.
    // alpha2 = .04 / .217, .16 / .457, .01 / .157; w2 = .2 * .184332 + .4 * .350109 + .1 * .063694 = .183280.
    let map = try chosen.model().explain(chosen.input, with: .gradCAMPlusPlus(variant: .sumOfProducts)).map
    let (first, second): (Float, Float) = (0.209133, 0.183280)
    let right = [first, 2 * first + second, 2 * second, first + second]
    for (found, right) in zip(map.values, right) { #expect(abs(found - right) < 2e-6) }
  }

  @Test(arguments: GradCAMPlusPlus.Variant.allCases)
  func withoutGradientsTheMapIsZero(variant: GradCAMPlusPlus.Variant) throws {
    let still = ChosenGradients(gradient: Array(repeating: 0, count: 8))
    let found = try still.model().explain(still.input, with: .gradCAMPlusPlus(variant: variant))
    #expect(found.map.values == [0, 0, 0, 0])
  }

  @Test func costsOneForwardPassAndTheWayBehindTheLayer() throws {
    let probe = CountingLayer()
    var network = TinyNetwork(rank: 2)
    network.probe = probe
    _ = try network.model().explain(network.input(), with: .gradCAMPlusPlus(at: "conv", "pool"))
    #expect(probe.counts.forward == 1 && probe.counts.pullback == 0)
  }
}
