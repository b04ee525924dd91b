import TensorCore
import Testing

/// What is computed band by band is what one stage after the other gives.
@Suite struct SlidingSequenceTests {
  /// So narrow that every sequence is divided as far as it goes.
  private static let narrow = BandBounds(cache: 0, repeated: .infinity)

  /// Two to four random stages over a random input.
  struct Case: Sendable, CustomTestStringConvertible {
    let stages: [SlidingStage]
    let input: Shape
    let seed: Int
    var testDescription: String { "\(input), \(stages.count) stages, seed \(seed)" }

    init?(rank: Int, seed: Int) {
      var draw = Draw(seed: 100 * rank + seed)
      let extents = (0..<rank).map { $0 == 0 ? draw.int(9...30) : draw.int(5...12) }
      var channels = draw.int(1...4)
      let input = Shape(batch: draw.int(1...3), spatial: extents, channels: channels)
      var (shape, stages): (Shape, [SlidingStage]) = (input, [])
      for _ in 0..<draw.int(2...4) {
        let kernel = (0..<rank).map { _ in draw.int(1...3) }
        let window = Window(
          kernel: kernel, stride: kernel.map { _ in draw.int(1...2) },
          dilation: kernel.map { _ in draw.int(1...2) },
          padding: draw.element(of: [
            .valid, .same, .explicit(kernel.map { .init(low: draw.int(0...$0), high: draw.int(0...3)) }),
          ]))
        // A maximum over nothing but padding is no number.
        let covered = Window(
          kernel: kernel, stride: window.stride, padding: draw.element(of: [.valid, .same]))
        var stage = SlidingStage.pooling(Pooling(.maximum, over: covered))
        if draw.int(0...2) > 0 {
          let outputs = draw.element(of: [1, 3, 8, 17])
          let weights = draw.wholeNumbers(Shape(kernel + [channels, outputs])).map { ($0 / 8).rounded() }
          guard
            let convolution = try? Convolution(
              weights: weights, bias: draw.wholeNumbers([outputs]), window: window)
          else { return nil }
          stage = .convolution(
            convolution, through: draw.element(of: [nil, Rectifier(), Rectifier(ceiling: 40)]))
          channels = outputs
        }
        guard let next = try? stage.outputShape(for: shape) else { return nil }
        (shape, stages) = (next, stages + [stage])
      }
      (self.stages, self.input, self.seed) = (stages, input, seed)
    }
  }

  private static let cases = (1...3).flatMap { rank in (0..<40).compactMap { Case(rank: rank, seed: $0) } }

  /// Every stage over whole tensors.
  private func oneByOne(_ stages: [SlidingStage], _ input: Tensor) throws -> Tensor {
    try stages.reduce(input) { value, stage in
      switch stage {
      case .convolution(let convolution, let rectifier): try convolution(value, through: rectifier)
      case .pooling(let pooling): try pooling(value)
      }
    }
  }

  @Test(arguments: cases)
  func bandsGiveWhatWholeTensorsGive(_ example: Case) throws {
    var draw = Draw(seed: example.seed)
    let input = draw.wholeNumbers(example.input)
    let expected = try oneByOne(example.stages, input)
    let sequence = SlidingSequence(example.stages, within: Self.narrow)
    // Sums of small whole numbers are exact, whatever their order.
    let found = try sequence(input)
    #expect(found == expected)
    let rows = expected.shape[1]
    #expect((try sequence.bands(for: example.input).count > 1) == (rows > 1))
  }

  @Test func casesReachEveryKindOfSequence() {
    #expect(Self.cases.count > 60)
    #expect(Set(Self.cases.map(\.stages.count)) == [2, 3, 4])
  }

  /// 3 to 32 to 32 channels and a pooling, as image networks begin; Winograd's transforms compute the second convolution.
  private func beginning(_ draw: inout Draw) throws -> [SlidingStage] {
    let same = Window(kernel: [3, 3], padding: .same)
    return [
      .convolution(
        try Convolution(weights: draw.numbers([3, 3, 3, 32]), window: same).roundedFreely,
        through: Rectifier()),
      .convolution(
        try Convolution(weights: draw.numbers([3, 3, 32, 32]), window: same).roundedFreely,
        through: Rectifier()),
      .pooling(Pooling(.maximum, over: Window(kernel: [2, 2], stride: [2, 2]))),
    ]
  }

  @Test func transformsRoundLittleInBands() throws {
    var draw = Draw(seed: 3)
    let stages = try beginning(&draw)
    let input = draw.numbers([2, 90, 70, 3])
    let sequence = SlidingSequence(stages)
    #expect(try sequence.bands(for: input.shape).count > 1)
    let (found, expected) = (try sequence(input), try oneByOne(stages, input))
    let largest = expected.values.max() ?? 0
    #expect(largestError(found, expected.values.map(Double.init)) <= 2e-5 * Double(largest))
  }

  @Test func theNumberOfThreadsAndOfItemsChangesNothing() throws {
    var draw = Draw(seed: 4)
    let sequence = SlidingSequence(try beginning(&draw))
    let input = draw.numbers([3, 90, 70, 3])
    let together = try sequence(input)
    let before = Threads.count
    defer { Threads.count = before }
    for threads in [1, 3] {
      Threads.count = threads
      #expect(try sequence(input) == together)
    }
    for item in 0..<3 { #expect(try sequence(input.item(item)) == together.item(item)) }
  }

  @Test func smallInputsHaveNoBands() throws {
    var draw = Draw(seed: 5)
    let sequence = SlidingSequence(try beginning(&draw))
    #expect(try sequence.bands(for: [1, 32, 32, 3]).count == 1)
    #expect(try sequence.bands(for: [1, 224, 224, 3]).count > 1)
  }

  /// Kernel of 21 positions: every band would repeat most of what the one before it has done.
  @Test func wideWindowsThatRepeatTooMuchHaveNoBands() throws {
    var draw = Draw(seed: 6)
    let first = try Convolution(
      weights: draw.numbers([3, 3, 16, 16]), window: Window(kernel: [3, 3], padding: .same))
    let wide = try Convolution(
      weights: draw.numbers([21, 1, 16, 1]), window: Window(kernel: [21, 1], padding: .same))
    let sequence = SlidingSequence([.convolution(first, through: nil), .convolution(wide, through: nil)])
    #expect(try sequence.bands(for: [1, 64, 1024, 16]).count == 1)
  }

  @Test func anInputThatDoesNotFitIsRefused() throws {
    var draw = Draw(seed: 7)
    let sequence = SlidingSequence(try beginning(&draw))
    #expect(throws: GeometryError.channelMismatch(expected: 3, found: 4)) {
      try sequence(Tensor([1, 64, 64, 4]))
    }
  }

  /// Windows of two with a stride of two: bands of 3 pooled rows need 6 rows before the pooling, and 8 before the convolution, at the
  /// borders 7.
  @Test func partsFollowTheWindowsBackwards() throws {
    let convolution = try Convolution(
      weights: Tensor([3, 1, 2], repeating: 1), window: Window(kernel: [3], padding: .same))
    let pooling = Pooling(.maximum, over: Window(kernel: [2], stride: [2]))
    let sequence = SlidingSequence(
      [.convolution(convolution, through: nil), .pooling(pooling)],
      within: BandBounds(cache: 6 * 2 * 4, repeated: .infinity))
    let bands = try sequence.bands(for: [1, 24, 1])
    #expect(bands.map { $0[1].destination } == [0..<3, 3..<6, 6..<9, 9..<12])
    #expect(bands.map { $0[1].source } == [0..<6, 6..<12, 12..<18, 18..<24])
    #expect(bands.map { $0[0].destination } == [0..<6, 6..<12, 12..<18, 18..<24])
    #expect(bands.map { $0[0].source } == [0..<7, 5..<13, 11..<19, 17..<24])
  }
}
