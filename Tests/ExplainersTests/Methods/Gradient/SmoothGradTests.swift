import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct SmoothGradTests {
  private let network = TinyNetwork(rank: 1)

  @Test func withoutNoiseItIsTheGradient() throws {
    let model = try network.model()
    let gradient = try model.explain(network.input(), with: .gradient).map
    let mean = try model.explain(network.input(), with: .smoothGrad(samples: 3, noise: 0))
    #expect(mean.map == gradient && mean.preset == .signed)
    #expect(try #require(mean.standardError).values.allSatisfy { $0 == 0 })
    let squared = try model.explain(network.input(), with: .smoothGrad(samples: 3, noise: 0, form: .squared))
    #expect(squared.map.distance(to: gradient * gradient) < 1e-6 && squared.preset == .nonNegative)
    let variance = try model.explain(
      network.input(), with: .smoothGrad(samples: 3, noise: 0, form: .variance))
    #expect(variance.map.values.allSatisfy { $0 == 0 } && variance.standardError == nil)
  }

  /// The variance is the mean of squares less the square of the mean, and the standard error follows from it.
  @Test func formsBelongTogether() throws {
    let model = try network.model()
    func found(_ form: SmoothGrad.Form) throws -> Attribution {
      try model.explain(network.input(), with: .smoothGrad(samples: 40, noise: 0.5, form: form, seed: 2))
    }
    let (mean, squared, variance) = try (found(.mean), found(.squared), found(.variance))
    #expect(variance.map.distance(to: squared.map - mean.map * mean.map) < 1e-5)
    let error = try #require(mean.standardError)
    let right = variance.map.map { ($0 / 39).squareRoot() }
    #expect(error.distance(to: right) < 1e-5)
    #expect(variance.map.maximum > 0)
  }

  @Test func oneSampleHasNoStandardError() throws {
    let found = try network.model().explain(network.input(), with: .smoothGrad(samples: 1))
    #expect(found.standardError == nil && found.passes == 2)
  }

  @Test func seedsDiffer() throws {
    let model = try network.model()
    let maps = try (0..<3).map {
      try model.explain(network.input(), with: .smoothGrad(samples: 2, noise: 1, seed: UInt32($0))).map
    }
    #expect(maps[0] != maps[1] && maps[1] != maps[2] && maps[0] != maps[2])
  }

  @Test func passesAndMemory() throws {
    let probe = CountingLayer()
    var network = network
    network.probe = probe
    let model = try network.model()
    let found = try model.explain(network.input(), with: .smoothGrad(samples: 150))
    #expect(probe.counts.items == 151 && found.passes == 151)
    #expect(probe.counts.largestBatch == model.streamed(150).largest)
  }
}
