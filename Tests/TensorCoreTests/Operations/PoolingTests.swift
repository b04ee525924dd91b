import TensorCore
import Testing

@Suite struct PoolingTests {
  /// Kind x rank x stride x dilation x padding.
  static let cases: [(Pooling, Shape)] = Pooling.Kind.allCases.flatMap { kind in
    (1...3).flatMap { rank in
      (1...3).flatMap { stride in
        (1...2).flatMap { dilation in
          (0..<3).map { padding in
            let seed = (((rank * 3 + stride) * 2) + dilation) * 3 + padding
            var draw = Draw(seed: seed)
            let kernel = (0..<rank).map { _ in draw.int(1...3) }
            let window = Window(
              kernel: kernel, stride: kernel.map { _ in stride }, dilation: kernel.map { _ in dilation },
              padding: [
                .valid, .same,
                .explicit(kernel.map { .init(low: draw.int(0...($0 - 1)), high: draw.int(0...2)) }),
              ][padding])
            let extents = kernel.map { ($0 - 1) * dilation + 1 + draw.int(0...(rank == 1 ? 12 : 4)) }
            return (
              Pooling(kind, over: window),
              Shape(batch: 1, spatial: extents, channels: [1, 3, 25, 33][seed % 4])
            )
          }
        }
      }
    }
  }

  @Test(arguments: cases)
  func outputAndPullbackEqualTheFormula(_ pooling: Pooling, _ shape: Shape) throws {
    // Numbers from a small range, so that windows have ties.
    var draw = Draw(seed: shape.count)
    let input = draw.wholeNumbers(shape).map { ($0 / 3).rounded() }
    let naive = NaivePooling(pooling, over: shape.spatial, channels: shape.channels)
    let outputShape = try pooling.outputShape(for: shape)
    let cotangent = draw.wholeNumbers(outputShape)
    let expectedOutput = naive(input.values)
    let expectedPullback = naive.pullback(cotangent.values, at: input.values)
    for instructions in InstructionSet.available {
      let pooling = Pooling(pooling.kind, over: pooling.window, instructions: instructions)
      let output = try pooling(input)
      #expect(output.shape == outputShape)
      // Whole numbers have exact maxima and sums; only the division of a mean rounds.
      let rounding = pooling.kind == .maximum ? 0 : 3e-5
      #expect(largestError(output, expectedOutput) <= rounding, "\(instructions)")
      let pulledBack = try pooling.pullback(cotangent, at: input)
      #expect(largestError(pulledBack, expectedPullback) <= rounding, "\(instructions)")
      let rectifier = Rectifier(ceiling: shape.count % 2 == 0 ? 2 : .infinity)
      let gated = try pooling.pullback(cotangent, at: input, through: rectifier)
      let expected = zip(expectedPullback, input.values).map { $1 > 0 && $1 < rectifier.ceiling ? $0 : 0 }
      #expect(largestError(gated, expected) <= rounding, "\(instructions)")
      if pooling.kind == .average {
        #expect(abs(product(output, cotangent) - product(input, pulledBack)) < 1e-3, "\(instructions)")
      }
    }
  }

  /// 1, 2, 3, 4, 5 with kernel 3, stride 2, same padding (1, 1).
  ///
  /// Windows (-, 1, 2), (2, 3, 4), (4, 5, -); cells in the
  /// padding are not counted: 3/2, 9/3, 9/2. Keras gives the same.
  @Test func aMeanDoesNotCountPadding() throws {
    let pooling = Pooling(.average, over: Window(kernel: [3], stride: [2], padding: .same))
    #expect(try pooling(Tensor([1, 5, 1], [1, 2, 3, 4, 5])).values == [1.5, 3, 4.5])
    // Cotangent (2, 3, 4): shares 1, 1, 2 per cell; cell 1 gets 1 + 1, cell 3 gets 1 + 2.
    let pulledBack = try pooling.pullback(Tensor([1, 3, 1], [2, 3, 4]), at: Tensor([1, 5, 1]))
    #expect(pulledBack.values == [1, 2, 1, 3, 2])
  }

  @Test func aMaximumNeverSeesPadding() throws {
    let pooling = Pooling(.maximum, over: Window(kernel: [3], stride: [2], padding: .same))
    #expect(try pooling(Tensor([1, 5, 1], [-1, -2, -3, -4, -5])).values == [-1, -2, -4])
  }

  /// All four cells of the window are equal: the first in row-major order takes the whole cotangent.
  @Test func theFirstOfEqualMaximaWins() throws {
    let pooling = Pooling(.maximum, over: Window(kernel: [2, 2], stride: [2, 2]))
    let input = Tensor([1, 2, 4, 1], [5, 5, 1, 2, 5, 5, 2, 2])
    #expect(
      try pooling.pullback(Tensor([1, 1, 2, 1], [3, 7]), at: input).values == [3, 0, 0, 7, 0, 0, 0, 0])
  }

  /// Overlapping windows (4, 4), (4, 1), (1, 1) win cells 0, 1, 2; channels are independent of each other.
  @Test func tiesAreBrokenPerWindowAndChannel() throws {
    let pooling = Pooling(.maximum, over: Window(kernel: [2]))
    let input = Tensor([1, 4, 2], [4, 0, 4, 0, 1, 2, 1, 2])
    let cotangent = Tensor([1, 3, 2], [1, 10, 2, 20, 3, 30])
    // Second channel (0, 0), (0, 2), (2, 2): cells 0, 2, 2.
    #expect(try pooling.pullback(cotangent, at: input).values == [1, 10, 2, 0, 3, 50, 0, 0])
  }

  @Test(arguments: InstructionSet.available)
  func wideChannelsTieLikeSingleOnes(_ instructions: InstructionSet) throws {
    let pooling = Pooling(.maximum, over: Window(kernel: [3], stride: [3]), instructions: instructions)
    let input = Tensor([1, 3, 37], repeating: -2)
    let pulledBack = try pooling.pullback(Tensor([1, 1, 37], repeating: 1), at: input)
    #expect(pulledBack.values == [Float](repeating: 1, count: 37) + [Float](repeating: 0, count: 74))
  }

  @Test func zeroAndNegativeZeroAreEqual() throws {
    let pooling = Pooling(.maximum, over: Window(kernel: [2]))
    let input = Tensor([1, 2, 1], [-0.0, 0.0])
    #expect(try pooling.pullback(Tensor([1, 1, 1], [1]), at: input).values == [1, 0])
  }

  @Test func aWindowThatDoesNotFitIsRefused() {
    let pooling = Pooling(.average, over: Window(kernel: [4]))
    #expect(throws: GeometryError.windowTooLarge(axis: 0, window: 4, input: 3)) {
      try pooling(Tensor([1, 3, 1]))
    }
    #expect(throws: GeometryError.rankMismatch(window: 1, input: 2)) { try pooling(Tensor([1, 9, 9, 1])) }
  }

  @Test func aCotangentOfAnotherShapeIsADefectOfTheProgram() async {
    await #expect(processExitsWith: .failure) {
      let pooling = Pooling(.average, over: Window(kernel: [2]))
      _ = try pooling.pullback(Tensor([1, 9, 1]), at: Tensor([1, 3, 1]))
    }
  }
}
