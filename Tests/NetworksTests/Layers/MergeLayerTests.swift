import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct MergeLayerTests {
  // Two items of two channels.
  private let a = Tensor([2, 2], [1, -2, 3, 4])
  private let b = Tensor([2, 2], [5, -2, 0.5, 2])

  @Test(
    arguments: [
      (.add, [6, -4, 3.5, 6]), (.subtract, [-4, 0, 2.5, 2]), (.multiply, [5, 4, 1.5, 8]),
      (.divide, [0.2, 1, 6, 2]), (.average, [3, -2, 1.75, 3]), (.maximum, [5, -2, 3, 4]),
      (.minimum, [1, -2, 0.5, 2]),
    ] as [(MergeLayer.Kind, [Float])])
  func values(kind: MergeLayer.Kind, expected: [Float]) {
    #expect(MergeLayer(kind).forward([a, b]).values == expected)
  }

  /// Of equal values the first takes the cotangent, as in TensorFlow.
  @Test(arguments: [MergeLayer.Kind.maximum, .minimum])
  func tiesGoToTheFirst(kind: MergeLayer.Kind) {
    let inputs = [Tensor([1, 3], [1, 2, 2]), Tensor([1, 3], [1, 2, 2]), Tensor([1, 3], [1, 2, 2])]
    let layer = MergeLayer(kind)
    let parts = layer.pullback(
      Tensor([1, 3], [7, 8, 9]), at: Site(inputs: inputs, output: layer.forward(inputs)))
    #expect(parts.map(\.values) == [[7, 8, 9], [0, 0, 0], [0, 0, 0]])
  }

  /// `[2, 1, 2]` and `[2, 2]` meet as `[2, 3, 2]` and `[2, 1, 2]`: axes are added behind the batch axis.
  @Test func broadcastsBehindTheBatchAxis() throws {
    let x = Tensor([2, 3, 2], Array(stride(from: Float(0), to: 12, by: 1)))
    let y = Tensor([2, 2], [10, 20, 30, 40])
    let layer = MergeLayer(.add)
    #expect(try layer.outputShape(for: [x.shape, y.shape]) == [2, 3, 2])
    let sum = layer.forward([x, y])
    #expect(sum.values == [10, 21, 12, 23, 14, 25, 36, 47, 38, 49, 40, 51])
    let parts = layer.pullback(x, at: Site(inputs: [x, y], output: sum))
    // Sums over the three positions: 0 + 2 + 4, 1 + 3 + 5, 6 + 8 + 10, 7 + 9 + 11.
    #expect(parts[0] == x && parts[1] == Tensor([2, 2], [6, 9, 24, 27]))
  }

  /// Every cotangent against differences, each input broadcast somewhere.
  @Test(arguments: MergeLayer.Kind.allCases, 0..<2)
  func pullbackIsTheTransposedDerivative(kind: MergeLayer.Kind, moved: Int) throws {
    let inputs = [Tensor([2, 3, 1], seed: 1, from: 1, to: 2), Tensor([2, 1, 4], seed: 2, from: 1, to: 2)]
    let layer = MergeLayer(kind)
    let output = layer.forward(inputs)
    let (direction, cotangent) = (Tensor(inputs[moved].shape, seed: 3), Tensor(output.shape, seed: 4))
    let pulled = layer.pullback(cotangent, at: Site(inputs: inputs, output: output))[moved]
    #expect(pulled.shape == inputs[moved].shape)
    let h: Float = 1 / 4096
    var (ahead, behind) = (inputs, inputs)
    ahead[moved] = inputs[moved] + direction * h
    behind[moved] = inputs[moved] - direction * h
    let left = (cotangent * (layer.forward(ahead) - layer.forward(behind))).sum / Double(2 * h)
    let right = (pulled * direction).sum
    #expect(abs(left - right) <= 5e-3 * max(abs(right), 0.1))
  }

  @Test func refusesWhatDoesNotFit() {
    let two = sentence { _ = try MergeLayer(.subtract).outputShape(for: [[1, 2], [1, 2], [1, 2]]) }
    #expect(two == "the difference cannot take items of 2 and 2 and 2")
    #expect(throws: GeometryError.self) { try MergeLayer(.add).outputShape(for: [[1, 2], [1, 3]]) }
    #expect(throws: GeometryError.self) {
      try ConstantArithmeticLayer(.add, constant: Tensor([1, 2])).outputShape(for: [[1, 3, 2]])
    }
  }
}
