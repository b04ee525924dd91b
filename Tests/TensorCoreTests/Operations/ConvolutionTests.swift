import TensorCore
import Testing

@Suite struct ConvolutionTests {
  @Test func thereIsACaseForEveryRankStrideDilationAndPadding() {
    #expect(ConvolutionCase.all.count == 3 * 3 * 3 * 4)
  }

  @Test(arguments: ConvolutionCase.all)
  func outputAndPullbackEqualTheFormula(_ item: ConvolutionCase) throws {
    var draw = Draw(seed: 1000 + item.seed)
    let naive = NaiveConvolution(item.convolution, over: item.input.spatial)
    let input = draw.wholeNumbers(item.input)
    let outputShape = try item.convolution.outputShape(for: item.input)
    let cotangent = draw.wholeNumbers(outputShape)
    let expectedOutput = naive(input.values).map { Float($0) }
    let expectedPullback = naive.pullback(cotangent.values).map { Float($0) }
    for instructions in InstructionSet.tested {
      let convolution = try item.convolution.using(instructions)
      #expect(try convolution(input) == Tensor(outputShape, expectedOutput), "\(instructions)")
      let pulledBack = try convolution.pullback(cotangent, input: item.input)
      #expect(pulledBack == Tensor(item.input, expectedPullback), "\(instructions)")

      let rectifier = Rectifier(ceiling: item.seed % 2 == 0 ? 6 : .infinity)
      #expect(
        try convolution(input, through: rectifier).values
          == expectedOutput.map { min(max($0, 0), rectifier.ceiling) }, "\(instructions)")
      let gated = try convolution.pullback(
        cotangent, input: item.input, through: Gate(rectifier, result: input))
      #expect(
        gated.values
          == zip(expectedPullback, input.values).map { $1 > 0 && $1 < rectifier.ceiling ? $0 : 0 },
        "\(instructions)")

      // <A x, y> = <x, transposed A y>, where A x is the output without its bias.
      let linear = try item.convolution.using(instructions, withBias: false)
      #expect(product(try linear(input), cotangent) == product(input, pulledBack), "\(instructions)")
    }
  }

  @Test(arguments: ConvolutionCase.all.prefix(36))
  func aSignalIsAnImageOfOneRow(_ item: ConvolutionCase) throws {
    var draw = Draw(seed: 2000 + item.seed)
    let window = item.convolution.window
    let padding: Padding =
      switch window.padding {
      case .explicit(let margins): .explicit([.init(low: 0, high: 0)] + margins)
      default: window.padding
      }
    let weights = draw.numbers(item.convolution.weights.shape)
    let signal = try Convolution(weights: weights, window: window, groups: item.convolution.groups)
    let embedded = try Convolution(
      weights: weights.reshaped(to: Shape([1] + weights.shape.extents)),
      window: Window(
        kernel: [1] + window.kernel, stride: [1] + window.stride, dilation: [1] + window.dilation,
        padding: padding),
      groups: item.convolution.groups)

    let input = draw.numbers(item.input)
    let image = Shape([item.input[0], 1, item.input[1], item.input[2]])
    let output = try signal(input)
    #expect(try embedded(input.reshaped(to: image)).values == output.values)
    let cotangent = draw.numbers(output.shape)
    let wide = Shape([output.shape[0], 1, output.shape[1], output.shape[2]])
    #expect(
      try embedded.pullback(cotangent.reshaped(to: wide), input: image).values
        == signal.pullback(cotangent, input: item.input).values)
  }

  /// 288 products of numbers between -1 and 1: a running sum in 32 bits stays within a few units of its last place.
  @Test(arguments: InstructionSet.tested)
  func roundingStaysFarBelowTheSumsOwnSize(_ instructions: InstructionSet) throws {
    var draw = Draw(seed: 5)
    let convolution = try Convolution(
      weights: draw.numbers([3, 3, 32, 32]), bias: draw.numbers([32]),
      window: Window(kernel: [3, 3], padding: .same), instructions: instructions)
    let input = draw.numbers([1, 4, 6, 32])
    let output = try convolution(input)
    let naive = NaiveConvolution(convolution, over: [4, 6])
    #expect(largestError(output, naive(input.values)) < 1e-5)
    let cotangent = draw.numbers(output.shape)
    #expect(
      largestError(try convolution.pullback(cotangent, input: input.shape), naive.pullback(cotangent.values))
        < 1e-5)
  }

  /// Weights (1, 2, 3), input (1, 0, -1, 4), no padding:
  /// 1*1 + 2*0 + 3*(-1) = -2 and 1*0 + 2*(-1) + 3*4 = 10; a bias of 1/2 is added to both.
  @Test func aSmallSignalByHand() throws {
    let convolution = try Convolution(
      weights: Tensor([3, 1, 1], [1, 2, 3]), bias: Tensor([1], [0.5]), window: Window(kernel: [3]))
    let input = Tensor([1, 4, 1], [1, 0, -1, 4])
    #expect(try convolution(input) == Tensor([1, 2, 1], [-1.5, 10.5]))
    // Cotangent (1, 10): input 0 is read by tap 0 of output 0; input 1 by tap 1 of output 0 and tap 0 of output 1; and so on.
    // 1*1 = 1; 2*1 + 1*10 = 12; 3*1 + 2*10 = 23; 3*10 = 30.
    let cotangent = Tensor([1, 2, 1], [1, 10])
    #expect(try convolution.pullback(cotangent, input: input.shape) == Tensor([1, 4, 1], [1, 12, 23, 30]))
  }

  /// Causal, dilation 2: output o reads o - 2 and o.
  ///
  /// (1, 2, 3, 4) with weights (10, 1): 1, 2, 3 + 10*1, 4 + 10*2.
  @Test func aCausalConvolutionNeverLooksAhead() throws {
    let convolution = try Convolution(
      weights: Tensor([2, 1, 1], [10, 1]), window: Window(kernel: [2], dilation: [2], padding: .causal))
    #expect(try convolution(Tensor([1, 4, 1], [1, 2, 3, 4])).values == [1, 2, 13, 24])
  }

  /// Weights (1), bias 1: -3, 0, 2 and what is not a number become 0, 1, 3 and stay what they are under a rectifier up to 2.5.
  @Test(arguments: InstructionSet.available)
  func whatIsNotANumberStaysSo(_ instructions: InstructionSet) throws {
    let convolution = try Convolution(
      weights: Tensor([1, 1, 1], [1]), bias: Tensor([1], [1]), window: Window(kernel: [1]),
      instructions: instructions)
    let input = Tensor([1, 4, 1], [-3, 0, 2, .nan])
    let output = try convolution(input, through: Rectifier(ceiling: 2.5)).values
    #expect(output.prefix(3) == [0, 1, 2.5] && output[3].isNaN)
  }

  /// Folding y = 2 x - 1 into weights (1, 3) and bias 4 gives weights (2, 6) and bias 7.
  @Test func aScalingBehindAConvolutionFoldsIntoIt() throws {
    let convolution = try Convolution(
      weights: Tensor([2, 1, 1], [1, 3]), bias: Tensor([1], [4]), window: Window(kernel: [2]))
    let folded = convolution.followed(by: ChannelScaling(scale: [2], shift: [-1]))
    #expect(folded.weights.values == [2, 6] && folded.bias?.values == [7])
    let withoutBias = try Convolution(weights: Tensor([2, 1, 1], [1, 3]), window: Window(kernel: [2]))
    #expect(withoutBias.followed(by: ChannelScaling(scale: [2], shift: [-1])).bias?.values == [-1])
  }

  /// 3 * 2^-10 beside the mean is scaled by 1024 to 3 exactly, since the mean is taken off before.
  @Test(arguments: InstructionSet.available)
  func aScaledSumKeepsTheDigitsBesideTheMean(_ instructions: InstructionSet) throws {
    let convolution = try Convolution(
      weights: Tensor([1, 1, 2], [3, 3]), bias: Tensor([2], [4, 4]), window: Window(kernel: [1]),
      instructions: instructions)
    let scaling = ChannelScaling(
      gamma: [1024, 7], beta: [0.5, -1], mean: [1000, 2], variance: [1, 0.5], epsilon: 0)
    let input = Tensor([1, 1, 1], [332 + 0x1p-10])
    let scaled = try convolution.scaled(by: scaling)(input).values
    #expect(scaled[0] == 3 + 0.5)
    let expected = (332.0009765625 * 3 + 4 - 2) * 7 / 0.5.squareRoot() - 1
    #expect(abs(Double(scaled[1]) - expected) <= 1e-6 * expected)
    let cotangent = Tensor([1, 1, 2], [1, 0])
    #expect(try convolution.scaled(by: scaling).pullback(cotangent, input: [1, 1, 1]).values == [3072])
  }

  @Test func positionsThatOnlyPaddingReachesAreTheBias() throws {
    let convolution = try Convolution(
      weights: Tensor([1, 1, 1], [2]), bias: Tensor([1], [7]),
      window: Window(kernel: [1], padding: .explicit([.init(low: 2, high: 1)])))
    #expect(try convolution(Tensor([1, 1, 1], [3])).values == [7, 7, 13, 7])
  }

  @Test func anEmptyBatchGivesAnEmptyBatch() throws {
    let convolution = try Convolution(
      weights: Tensor([3, 2, 4], repeating: 1), window: Window(kernel: [3], padding: .same))
    let output = try convolution(Tensor([0, 5, 2]))
    #expect(output.shape == [0, 5, 4])
    #expect(try convolution.pullback(output, input: [0, 5, 2]).shape == [0, 5, 2])
  }

  @Test func shapesThatDoNotFitAreRefused() throws {
    let window = Window(kernel: [3])
    #expect(throws: GeometryError.weightMismatch(name: "kernel", expected: [3, 2, 4], found: [5, 2, 4])) {
      try Convolution(weights: Tensor([5, 2, 4]), window: window)
    }
    #expect(throws: GeometryError.weightMismatch(name: "bias", expected: [4], found: [3])) {
      try Convolution(weights: Tensor([3, 2, 4]), bias: Tensor([3]), window: window)
    }
    #expect(throws: GeometryError.groupMismatch(channels: 4, groups: 3)) {
      try Convolution(weights: Tensor([3, 2, 4]), window: window, groups: 3)
    }
    #expect(throws: GeometryError.groupMismatch(channels: 4, groups: 0)) {
      try Convolution(weights: Tensor([3, 2, 4]), window: window, groups: 0)
    }
    let convolution = try Convolution(weights: Tensor([3, 2, 4]), window: window)
    #expect(throws: GeometryError.channelMismatch(expected: 2, found: 3)) {
      try convolution(Tensor([1, 5, 3]))
    }
    #expect(throws: GeometryError.rankMismatch(window: 1, input: 2)) {
      try convolution(Tensor([1, 5, 5, 2]))
    }
    #expect(throws: GeometryError.rankMismatch(window: 1, input: 0)) { try convolution(Tensor([5])) }
    #expect(throws: GeometryError.windowTooLarge(axis: 0, window: 3, input: 2)) {
      try convolution(Tensor([1, 2, 2]))
    }
  }
}

extension Convolution {
  /// The same convolution with the kernels of another instruction set.
  func using(_ instructions: InstructionSet, withBias: Bool = true) throws -> Convolution {
    try Convolution(
      weights: weights, bias: withBias ? bias : nil, window: window, groups: groups,
      instructions: instructions)
  }
}
