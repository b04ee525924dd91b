import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct XRAITests {
  /// The map has the sum of the integrated gradients, because every position has the mean of the positions covered with it.
  @Test(arguments: 1...3)
  func theSumStays(rank: Int) throws {
    let network = TinyNetwork(rank: rank)
    let model = try network.model()
    let gradients = try model.explain(network.input(), with: .integratedGradients())
    let found = try model.explain(network.input(), with: .xrai())
    #expect(abs(found.map.sum - gradients.map.sum) <= 1e-5 * gradients.map.map { abs($0) }.sum)
    #expect(found.map.shape == network.inputShape.with(channels: 1))
    #expect(found.baselineScore == gradients.baselineScore && found.completenessGap == nil)
  }

  /// As many segments as positions and a linear model: every position is a region, and the highest regions are single positions.
  @Test func theHighestPositionIsARegion() throws {
    var builder = ModelBuilder(name: "linear")
    let input = try builder.add(InputLayer(shape: [1, 6, 1]), name: "input")
    let flat = try builder.add(FlattenLayer(), name: "flat", after: [input])
    let dense = try Convolution(weights: Tensor([6, 1], [1, -2, 3, 9, 0, 1]), window: Window(kernel: []))
    try builder.add(ConvolutionLayer(dense), name: "dense", after: [flat])
    let found = try builder.model().explain(
      Tensor([1, 6, 1], repeating: 1), with: .xrai(segments: 6), for: .index(0))
    #expect(found.map.values[3] == 9)
    #expect(found.map.indexOfMaximum == 3)
  }
}
