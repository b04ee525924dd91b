import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct EigenCAMTests {
  /// A convolution that leaves its input as it is, and a mean.
  private func model(_ shape: Shape) throws -> Model {
    var builder = ModelBuilder(name: "as it is")
    let channels = shape.channels
    let identity = (0..<(channels * channels)).map { $0 / channels == $0 % channels ? Float(1) : 0 }
    let convolution = try Convolution(
      weights: Tensor([1, channels, channels], identity), window: Window(kernel: [1]))
    let input = try builder.add(InputLayer(shape: shape), name: "input")
    let conv = try builder.add(ConvolutionLayer(convolution), name: "conv", after: [input])
    try builder.add(GlobalPoolingLayer(.average), name: "mean", after: [conv])
    return try builder.model()
  }

  @Test func oneDirectionByHand() throws {
    // Feature vectors (0, 0), (3, 4), (9, 12) lie on a line, at 0, 5 and 15; less their mean 20/3.
    let maps = Tensor([1, 3, 2], [0, 0, 3, 4, 9, 12])
    let found = try model([1, 3, 2]).explain(maps, with: .eigenCAM(isRectified: false))
    let right: [Float] = [-20 / 3, -5 / 3, 25 / 3]
    for (value, right) in zip(found.map.values, right) { #expect(abs(value - right) < 1e-5) }
    // The other way round the largest magnitude is at the first position, and is positive again.
    let turned = try model([1, 3, 2]).explain(maps * -1, with: .eigenCAM(isRectified: false))
    for (value, right) in zip(turned.map.values, right) { #expect(abs(value - right) < 1e-5) }
    #expect(try model([1, 3, 2]).explain(maps, with: .eigenCAM()).map.values.prefix(2) == [0, 0])
  }

  /// The projection p is an eigenvector of X transposed X, and no other direction has a larger variance.
  @Test(arguments: [(60, 50), (30, 70), (200, 3), (5, 1), (1, 5)])
  func projectionIsTheLargestPrincipalComponent(positions: Int, channels: Int) throws {
    let shape: Shape = [1, positions, channels]
    let item = Tensor(shape, seed: 3)
    let found = try model(shape).explain(item, with: .eigenCAM(isRectified: false)).map.values.map(
      Double.init)
    let values = item.values.map(Double.init)
    let means = (0..<channels).map { channel in
      (0..<positions).reduce(0) { $0 + values[$1 * channels + channel] } / Double(positions)
    }
    let rows = (0..<positions).map { row in
      (0..<channels).map { values[row * channels + $0] - means[$0] }
    }
    func image(_ p: [Double]) -> [Double] {
      let columns = (0..<channels).map { column in (0..<positions).reduce(0) { $0 + rows[$1][column] * p[$1] }
      }
      return rows.map { row in (0..<channels).reduce(0) { $0 + row[$1] * columns[$1] } }
    }
    let length = found.reduce(0) { $0 + $1 * $1 }
    if positions == 1 {
      #expect(length == 0)
      return
    }
    // The squared length of the projection is the eigenvalue.
    for (value, right) in zip(image(found), found) { #expect(abs(value / length - right) < 1e-5) }
    for seed in 0..<5 {
      let other = Tensor([channels], seed: UInt32(seed)).values.map(Double.init)
      let norm = other.reduce(0) { $0 + $1 * $1 }
      let along = rows.map { row in (0..<channels).reduce(0) { $0 + row[$1] * other[$1] } }
      #expect(along.reduce(0) { $0 + $1 * $1 } / norm <= length * (1 + 1e-6))
    }
  }

  @Test func theClassDoesNotMatter() throws {
    let network = TinyNetwork(rank: 1)
    let model = try network.model()
    let maps = try (0..<3).map { try model.explain(network.input(), with: .eigenCAM(), for: .index($0)).map }
    #expect(maps[0] == maps[1] && maps[1] == maps[2])
  }
}
