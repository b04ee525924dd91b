import Networks
import TensorCore
import TestSupport
import Testing

/// Concatenation, reshaping, slicing and reduction by hand.
@Suite struct RearrangingLayerTests {
  private let x = Tensor([1, 2, 2], [1, 2, 3, 4])
  private let y = Tensor([1, 2, 2], [5, 6, 7, 8])

  @Test(
    arguments: [(1, [1, 4, 2], [1, 2, 3, 4, 5, 6, 7, 8]), (2, [1, 2, 4], [1, 2, 5, 6, 3, 4, 7, 8])]
      as [(Int, Shape, [Float])])
  func concatenates(axis: Int, shape: Shape, values: [Float]) throws {
    let layer = ConcatenationLayer(axis: axis)
    #expect(try layer.outputShape(for: [x.shape, y.shape]) == shape)
    let output = try layer.forward([x, y])
    #expect(output == Tensor(shape, values))
    #expect(layer.pullback(output, at: Site(inputs: [x, y], output: output)) == [x, y])
  }

  @Test(
    arguments: [
      ([], [2, 2]), ([0, 4], [2, 2]), ([-1, -1], [2, 2]), ([3], [2, 2]), ([-2], [2, 2]), ([3, -1], [2, 2]),
      ([1 << 40, 1 << 40], [2, 2]),
    ] as [([Int], [Int])])
  func refusesShapesOfAnotherCount(target: [Int], item: [Int]) {
    #expect(throws: GeometryError.cannotReshape(from: Shape([1] + item), to: target)) {
      try ReshapeLayer(to: target).outputShape(for: [Shape([1] + item)])
    }
  }

  @Test func refusesMisfits() {
    #expect(throws: GeometryError.self) {
      try ConcatenationLayer(axis: 2).outputShape(for: [[1, 2], [1, 2]])
    }
    #expect(throws: GeometryError.self) {
      try ConcatenationLayer(axis: 1).outputShape(for: [[1, 2, 3], [1, 2, 2]])
    }
    let slice = TensorSlice([.init(start: 1, count: 2)])
    #expect(throws: GeometryError.parameterOutOfRange(name: "cell of a slice", value: 2, least: 0, most: 1)) {
      try slice.outputShape(for: [1, 2])
    }
    #expect(throws: GeometryError.self) { try slice.outputShape(for: [1, 2, 2]) }
    #expect(throws: GeometryError.self) {
      try TensorSlice([.init(start: 0, count: 0)]).outputShape(for: [1, 2])
    }
    #expect(throws: GeometryError.self) {
      try ReductionLayer(.mean, over: [1], keepsAxes: false).outputShape(for: [[1, 2]])
    }
  }

  @Test func slicesForwardAndBackward() throws {
    let slice = TensorSlice([.init(start: 1, count: 2, step: -1), .init(start: 1, count: 1)])
    let part = try slice(x)
    #expect(part == Tensor([1, 2, 1], [4, 2]))
    #expect(slice.pullback(part, input: x.shape) == Tensor([1, 2, 2], [0, 2, 0, 4]))
  }

  @Test func reduces() throws {
    #expect(
      try ReductionLayer(.mean, over: [1], keepsAxes: false).forward([x]) == Tensor([1, 2], [2, 3]))
    #expect(
      try ReductionLayer(.sum, over: [1, 2], keepsAxes: true).forward([x]) == Tensor([1, 1, 1], [10]))
  }
}
