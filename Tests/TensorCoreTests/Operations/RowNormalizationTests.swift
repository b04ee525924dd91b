import TensorCore
import TestSupport
import Testing

@Suite struct RowNormalizationTests {
  /// The row 1, 3: mean 2, variance 1, mean square 5, norm sqrt(10).
  @Test(
    arguments: [
      (.standard, [-1, 1]), (.deviation, [1, 3]), (.rootMeanSquare, [1 / 2.2360680, 3 / 2.2360680]),
      (.norm, [1 / 3.1622777, 3 / 3.1622777]),
    ] as [(RowNormalization.Kind, [Float])])
  func handWorked(kind: RowNormalization.Kind, expected: [Float]) {
    let found = RowNormalization(kind, epsilon: 1e-12)(Tensor([1, 2], [1, 3]), rows: 2).values
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test(arguments: RowNormalization.Kind.allCases)
  func constantRowsStayFinite(kind: RowNormalization.Kind) {
    let normalization = RowNormalization(kind, epsilon: 1e-3)
    let zeros = Tensor([1, 3])
    #expect(normalization(zeros, rows: 3).values == [0, 0, 0])
    #expect(
      normalization.pullback(Tensor([1, 3], repeating: 1), at: zeros, rows: 3).indexOfFirstNonFinite == nil)
  }
}

@Suite struct TransposedConvolutionTests {
  /// Two inputs, stride 2, the kernel 1, 10, 100: 3 at the cells 0 to 2, 5 at the cells 2 to 4, and a bias of one.
  @Test func handWorked() throws {
    let operation = try TransposedConvolution(
      weights: Tensor([3, 1, 1], [1, 10, 100]), bias: Tensor([1], [1]),
      window: Window(kernel: [3], stride: [2])
    ) { [$0[0] * 2 + 1] }
    let found = try operation(Tensor([1, 2, 1], [3, 5]))
    #expect(found == Tensor([1, 5, 1], [4, 31, 306, 51, 501]))
  }

  @Test func extentsThatDoNotLeadBackAreRefused() throws {
    let operation = try TransposedConvolution(
      weights: Tensor([3, 1, 1], [1, 10, 100]), window: Window(kernel: [3], stride: [2])
    ) { [$0[0]] }
    #expect(
      throws: GeometryError.parameterOutOfRange(
        name: "number of windows over 7 output cells", value: 3, least: 7, most: 7)
    ) { try operation.outputShape(for: [1, 7, 1]) }
    #expect(throws: GeometryError.channelMismatch(expected: 1, found: 2)) {
      try operation.outputShape(for: [1, 7, 2])
    }
  }
}
