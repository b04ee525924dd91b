import TensorCore
import Testing

@Suite struct ResolvedWindowTests {
  /// Extent, kernel, stride and dilation make outputs and margins of `same` padding.
  ///
  /// outputs = ceil(n / s),
  /// total = max((outputs - 1) s + d (k - 1) + 1 - n, 0), the smaller half in front. The first three are those of Keras.
  @Test(arguments: [
    (n: 6, k: 3, s: 2, d: 1, outputs: 3, low: 0, high: 1),
    (n: 5, k: 3, s: 2, d: 1, outputs: 3, low: 1, high: 1),
    (n: 6, k: 2, s: 1, d: 1, outputs: 6, low: 0, high: 1),
    (n: 7, k: 1, s: 3, d: 1, outputs: 3, low: 0, high: 0),
    (n: 7, k: 3, s: 1, d: 3, outputs: 7, low: 3, high: 3),
    (n: 1, k: 5, s: 4, d: 2, outputs: 1, low: 4, high: 4),
  ])
  func samePaddingIsThatOfKeras(
    _ item: (n: Int, k: Int, s: Int, d: Int, outputs: Int, low: Int, high: Int)
  ) throws {
    let window = Window(kernel: [item.k], stride: [item.s], dilation: [item.d], padding: .same)
    let fitted = try window.resolved(over: [item.n])
    #expect(fitted.output == [item.outputs])
    #expect(fitted.margins == [.init(low: item.low, high: item.high)])
  }

  @Test(arguments: ConvolutionCase.all)
  func outputsAreCountedLikeTheirPositions(_ item: ConvolutionCase) throws {
    let window = item.convolution.window
    let fitted = try window.resolved(over: item.input.spatial)
    let naive = NaiveWindow(window, over: item.input.spatial)
    #expect(fitted.output == Array(naive.output.suffix(fitted.output.count)))
    #expect(fitted.taps == naive.taps)
    #expect(fitted.input == item.input.spatial)
  }

  @Test func causalPaddingIsAllInFront() throws {
    let fitted = try Window(kernel: [3], stride: [2], dilation: [4], padding: .causal).resolved(over: [10])
    #expect(fitted.margins == [.init(low: 8, high: 0)])
    // Padded 18 cells, reach 9: floor(9 / 2) + 1.
    #expect(fitted.output == [5])
  }

  @Test func everyAxisIsFittedOnItsOwn() throws {
    let window = Window(
      kernel: [3, 2, 1], stride: [1, 2, 3],
      padding: .explicit([.init(low: 1, high: 0), .init(low: 0, high: 3), .init(low: 0, high: 0)]))
    // (5 + 1 - 3) / 1 + 1 = 4; (4 + 3 - 2) / 2 + 1 = 3; (7 - 1) / 3 + 1 = 3.
    #expect(try window.resolved(over: [5, 4, 7]).output == [4, 3, 3])
  }

  @Test func noAxesHaveOnePositionAndOneTap() throws {
    let fitted = try Window(kernel: []).resolved(over: [])
    #expect(fitted.output == [])
    #expect(fitted.taps == 1)
  }
}
