import Explainers
import Foundation
import TensorCore
import TestSupport
import Testing

@Suite struct BaselineTests {
  @Test func zeroIsZeroInTheUnitsOfTheModel() throws {
    #expect(try Baseline.zero.tensors(for: Tensor([1, 3, 2], seed: 1)) == [Tensor([1, 3, 2])])
  }

  @Test func meanIsTakenPerChannelOverAllPositions() throws {
    // Channel 0: (1 + 2 + 3 + 6) / 4 = 3, channel 1: (10 + 20 + 30 + 60) / 4 = 30.
    let item = Tensor([1, 2, 2, 2], [1, 10, 2, 20, 3, 30, 6, 60])
    #expect(try Baseline.mean.tensors(for: item) == [Tensor([1, 2, 2, 2], [3, 30, 3, 30, 3, 30, 3, 30])])
  }

  @Test(arguments: ["signal", "short-signal", "image", "volume"])
  func blurEqualsThatOfSciPy(name: String) throws {
    let answers = try StoredAnswers(Bundle.module.bundlePath + "/Resources/blur.answers.h5")
    let sigma = try answers.doubles(0, of: "\(name)/sigma")[0]
    let found = try Baseline.blur(sigma: sigma).tensors(for: answers.tensor("\(name)/input"))
    #expect(found.count == 1)
    #expect(found[0].distance(to: try answers.tensor("\(name)/blurred")) < 1e-6)
  }

  @Test func noiseIsThatOfNumPyBetweenTheItemsExtremes() throws {
    // RandomState(5).random_sample() begins .22199317, .87073231, .20671916, .91861091; times 3, minus 1.
    let item = Tensor([1, 2, 1], [-1, 2])
    let draws = try Baseline.noise(samples: 2, seed: 5).tensors(for: item)
    let expected: [[Float]] = [[-0.33402048, 1.6121969], [-0.37984253, 1.7558327]]
    #expect(draws.count == 2)
    for (draw, right) in zip(draws, expected) {
      #expect(draw.shape == item.shape)
      for (value, number) in zip(draw.values, right) { #expect(abs(value - number) < 1e-6) }
    }
  }

  @Test func noiseStaysBetweenTheItemsExtremes() throws {
    let item = Tensor([1, 50, 2], seed: 3, from: -2, to: 5)
    let draws = try Baseline.noise(samples: 4, seed: 0).tensors(for: item)
    #expect(Set(draws.map(\.bits)).count == 4)
    for draw in draws { #expect(draw.minimum >= item.minimum && draw.maximum <= item.maximum) }
    let constant = Tensor([1, 5, 1], repeating: 2)
    #expect(try Baseline.noise(samples: 1, seed: 0).tensors(for: constant) == [constant])
  }

  @Test func givenTensorsAreTakenAsTheyAre() throws {
    let item = Tensor([1, 4, 1], seed: 1)
    let given = Tensor([1, 4, 1], seed: 2)
    #expect(try Baseline.tensor(given).tensors(for: item) == [given])
    #expect(
      sentence { _ = try Baseline.tensor(Tensor([1, 4, 2])).tensors(for: item) }
        == "the baseline should have the shape of an item, 4x1, but has shape 4x2")
  }

  @Test(arguments: zip([Baseline.zero, .mean, .blur(sigma: 1), .noise(samples: 1, seed: 0)], Baseline.names))
  func names(baseline: Baseline, name: String) {
    #expect(baseline.name == name)
    #expect(Baseline.tensor(Tensor([1, 1])).name == "file")
  }
}
