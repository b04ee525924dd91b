import TensorCore
import Testing

/// A dense layer is a convolution whose window has no axes.
@Suite struct DenseTests {
  @Test(arguments: [
    (1, 1, 1), (1, 1000, 10), (3, 25, 33), (9, 33, 3), (2, 7, 70), (13, 16, 48), (101, 5, 20),
  ])
  func outputAndPullbackEqualTheMatrixProduct(batch: Int, inputs: Int, outputs: Int) throws {
    var draw = Draw(seed: batch * 10_000 + inputs * 100 + outputs)
    let weights = draw.wholeNumbers([inputs, outputs])
    let bias = draw.wholeNumbers([outputs])
    let input = draw.wholeNumbers([batch, inputs])
    let cotangent = draw.wholeNumbers([batch, outputs])

    let (x, y, w, b) = (input.values, cotangent.values, weights.values, bias.values)
    let product = (0..<(batch * outputs)).map { index in
      let (item, d) = index.quotientAndRemainder(dividingBy: outputs)
      return (0..<inputs).reduce(b[d]) { $0 + x[item * inputs + $1] * w[$1 * outputs + d] }
    }
    let transposed = (0..<(batch * inputs)).map { index in
      let (item, s) = index.quotientAndRemainder(dividingBy: inputs)
      return (0..<outputs).reduce(0) { $0 + y[item * outputs + $1] * w[s * outputs + $1] }
    }
    for instructions in InstructionSet.tested {
      let dense = try Convolution(
        weights: weights, bias: bias, window: Window(kernel: []), instructions: instructions)
      #expect(try dense(input) == Tensor([batch, outputs], product), "\(instructions)")
      #expect(
        try dense.pullback(cotangent, input: input.shape) == Tensor(input.shape, transposed),
        "\(instructions)")
    }
  }

  /// (1, 2) times ((1, 2, 3), (4, 5, 6)) = (1 + 8, 2 + 10, 3 + 12).
  @Test func aSmallProductByHand() throws {
    let dense = try Convolution(weights: Tensor([2, 3], [1, 2, 3, 4, 5, 6]), window: Window(kernel: []))
    #expect(try dense(Tensor([1, 2], [1, 2])).values == [9, 12, 15])
    // (1, 0, -1) times the transposed matrix: 1 - 3 and 4 - 6.
    #expect(try dense.pullback(Tensor([1, 3], [1, 0, -1]), input: [1, 2]).values == [-2, -2])
  }
}
