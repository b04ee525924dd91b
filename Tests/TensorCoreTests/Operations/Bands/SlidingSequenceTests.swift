import TensorCore
import Testing

/// What is computed band by band is what one stage after the other gives.
@Suite struct SlidingSequenceTests {
  /// Two to four random stages over a random input.
  struct Case: Sendable, CustomTestStringConvertible {
    let stages: [SlidingStage]
    let input: Shape
    let seed: Int
    var testDescription: String { "\(input), \(stages.count) stages, seed \(seed)" }

    init?(rank: Int, seed: Int) {
      var draw = Draw(seed: 100 * rank + seed)
      let extents = (0..<rank).map { $0 == 0 ? draw.int(20...60) : draw.int(5...12) }
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
              weights: weights, bias: draw.wholeNumbers([outputs]), window: window,
              instructions: draw.element(of: InstructionSet.available))
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

  /// The same to the last bit, for one item and for several, and however many spans threads divide an item into.
  @Test(arguments: cases, [1, 2, 5])
  func bandsGiveWhatWholeTensorsGive(_ example: Case, threads: Int) throws {
    var draw = Draw(seed: example.seed)
    let input = draw.numbers(example.input)
    let expected = try oneByOne(example.stages, input)
    // A cache so small that every sequence is divided as far as it goes.
    let sequence = SlidingSequence(example.stages, within: 0)
    let before = Threads.count
    defer { Threads.count = before }
    Threads.count = threads
    #expect(try sequence(input) == expected)
    #expect(try sequence(input.item(0)) == expected.item(0))
  }

  /// Every coordinate that a stage reads has been computed, none twice within a span, and the last stages of all spans give all.
  @Test(arguments: cases, [1, 2, 5])
  func partsFollowEachOther(_ example: Case, spans: Int) throws {
    let sequence = SlidingSequence(example.stages, within: 0)
    let all = try sequence.bands(for: example.input, spans: spans)
    for bands in all {
      for stage in example.stages.indices {
        let parts = bands.map { $0[stage] }
        #expect(
          zip(parts, parts.dropFirst()).allSatisfy { $0.destination.upperBound == $1.destination.lowerBound })
        guard stage > 0 else { continue }
        for (part, before) in zip(parts, bands.map { $0[stage - 1].destination }) {
          #expect(part.source.upperBound <= before.upperBound)
          #expect(part.source.isEmpty || part.source.lowerBound >= bands[0][stage - 1].destination.lowerBound)
        }
      }
    }
    let last = all.flatMap { $0.compactMap(\.last?.destination) }
    #expect(last.flatMap(Array.init) == Array(0..<(last.last?.upperBound ?? 0)))
  }

  @Test func casesReachEveryKindOfSequence() throws {
    #expect(Self.cases.count > 60)
    #expect(Set(Self.cases.map(\.stages.count)) == [2, 3, 4])
    let divided = try Self.cases.filter {
      try SlidingSequence($0.stages, within: 0).bands(for: $0.input)[0].count > 1
    }
    #expect(divided.count > Self.cases.count / 2)
    #expect(Set(divided.map(\.input.rank)) == [3, 4, 5])
  }

  /// 3 to 32 to 32 channels and a pooling, as image networks begin; Winograd's transforms compute the second convolution.
  private func beginning(
    _ draw: inout Draw, _ instructions: InstructionSet = .selected,
    rounded: (Convolution) -> Convolution = \.roundedFreely
  ) throws -> [SlidingStage] {
    try [3, 32].map { inputs in
      let convolution = try Convolution(
        weights: draw.numbers([3, 3, inputs, 32]), window: Window(kernel: [3, 3], padding: .same),
        instructions: instructions)
      return .convolution(rounded(convolution), through: Rectifier())
    } + [
      .pooling(Pooling(.maximum, over: Window(kernel: [2, 2], stride: [2, 2])))
    ]
  }

  @Test(arguments: InstructionSet.available)
  func transformsRoundInBandsAsInTheWhole(instructions: InstructionSet) throws {
    var draw = Draw(seed: 3)
    let stages = try beginning(&draw, instructions)
    let input = draw.numbers([2, 90, 70, 3])
    let sequence = SlidingSequence(stages)
    #expect(try sequence.bands(for: input.shape)[0].count > 1)
    #expect(try sequence(input) == oneByOne(stages, input))
  }

  /// Half of the input is even, so that some tiles are summed product by product and others transformed.
  @Test(arguments: InstructionSet.available)
  func tilesWithEqualPatchesAreFoundInBandsAsInTheWhole(instructions: InstructionSet) throws {
    var draw = Draw(seed: 9)
    let stages = try beginning(&draw, instructions, rounded: \.roundedEvenly)
    let shape: Shape = [1, 90, 70, 3]
    let noise = draw.numbers(shape).values
    let input = Tensor(shape, noise.indices.map { $0 / 3 % 70 < 35 ? noise[$0] : 0.5 })
    let whole = try oneByOne(stages, input)
    #expect(try SlidingSequence(stages)(input) == whole)
    // The same weights, all of it transformed.
    var again = Draw(seed: 9)
    #expect(try whole != oneByOne(beginning(&again, instructions), input))
  }

  /// The emulation is slow, so the input is small.
  @Test func tilesRoundInBandsAsInTheWhole() throws {
    var draw = Draw(seed: 8)
    let stages = try beginning(&draw, .amxEmulated)
    let input = draw.numbers([1, 20, 16, 3])
    let sequence = SlidingSequence(stages, within: 0)
    #expect(try sequence.bands(for: input.shape)[0].count > 1)
    #expect(try sequence(input) == oneByOne(stages, input))
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

  /// A long signal, whose bands divide the axis along which the kernels hold positions in registers: 24 channels are summed product by
  /// product, 40 by transforms.
  @Test(arguments: [24, 40], InstructionSet.available)
  func longSignalsAreRoundedInBandsAsInTheWhole(channels: Int, instructions: InstructionSet) throws {
    var draw = Draw(seed: channels)
    let stages: [SlidingStage] =
      try [2, channels].map { inputs in
        let convolution = try Convolution(
          weights: draw.numbers([3, inputs, channels]), window: Window(kernel: [3], padding: .same),
          instructions: instructions)
        return .convolution(convolution.roundedFreely, through: Rectifier())
      } + [.pooling(Pooling(.maximum, over: Window(kernel: [2], stride: [2])))]
    for length in [5001, 5002, 5003, 5004] {
      let input = draw.numbers([2, length, 2])
      let sequence = SlidingSequence(stages)
      #expect(try sequence.bands(for: input.shape)[0].count > 1)
      #expect(try sequence(input) == oneByOne(stages, input))
      #expect(try sequence(input.item(1)) == oneByOne(stages, input.item(1)))
    }
  }

  @Test func smallInputsHaveNoBands() throws {
    var draw = Draw(seed: 5)
    let sequence = SlidingSequence(try beginning(&draw))
    #expect(try sequence.bands(for: [1, 32, 32, 3])[0].count == 1)
    #expect(try sequence.bands(for: [1, 224, 224, 3])[0].count > 1)
  }

  /// Kernel of 61 positions: what it reads is nearly all that there is.
  @Test func windowsThatReadNearlyAllHaveNoBands() throws {
    var draw = Draw(seed: 6)
    let first = try Convolution(
      weights: draw.numbers([3, 3, 16, 16]), window: Window(kernel: [3, 3], padding: .same))
    let wide = try Convolution(
      weights: draw.numbers([123, 1, 16, 1]), window: Window(kernel: [123, 1], padding: .same))
    let sequence = SlidingSequence([.convolution(first, through: nil), .convolution(wide, through: nil)])
    #expect(try sequence.bands(for: [1, 64, 1024, 16])[0].count == 1)
  }

  @Test func anInputThatDoesNotFitIsRefused() throws {
    var draw = Draw(seed: 7)
    let sequence = SlidingSequence(try beginning(&draw))
    #expect(throws: GeometryError.channelMismatch(expected: 3, found: 4)) {
      try sequence(Tensor([1, 64, 64, 4]))
    }
  }

  /// Windows of two with a stride of two: two pooled values need four before the pooling, and six before the convolution.
  ///
  /// What the convolution gives comes in runs of at least three, that of the second span from a multiple of three on.
  @Test func partsFollowTheWindowsBackwards() throws {
    let convolution = try Convolution(
      weights: Tensor([3, 1, 2], repeating: 1), window: Window(kernel: [3], padding: .same))
    let pooling = Pooling(.maximum, over: Window(kernel: [2], stride: [2]))
    let sequence = SlidingSequence(
      [.convolution(convolution, through: nil), .pooling(pooling)], within: 6 * 2 * 4)
    let bands = try sequence.bands(for: [1, 24, 1])[0]
    #expect(bands.map { $0[1].destination } == [0..<2, 2..<4, 4..<6, 6..<8, 8..<10, 10..<12])
    #expect(bands.map { $0[1].source } == [0..<4, 4..<8, 8..<12, 12..<16, 16..<20, 20..<24])
    #expect(bands.map { $0[0].destination } == [0..<6, 6..<9, 9..<12, 12..<18, 18..<21, 21..<24])
    #expect(bands.map { $0[0].source } == [0..<7, 5..<10, 8..<13, 11..<19, 17..<22, 20..<24])
    let second = try sequence.bands(for: [1, 24, 1], spans: 3)[1]
    #expect(second.map { $0[1].destination } == [4..<6, 6..<8])
    #expect(second.map { $0[0].destination } == [6..<12, 12..<18])
  }
}
