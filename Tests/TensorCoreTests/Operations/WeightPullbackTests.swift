import TensorCore
import Testing

@Suite struct WeightPullbackTests {
  @Test(arguments: ConvolutionCase.all)
  func theCotangentOfTheWeightsEqualsTheFormula(_ item: ConvolutionCase) throws {
    var draw = Draw(seed: 4000 + item.seed)
    let naive = NaiveConvolution(item.convolution, over: item.input.spatial)
    let input = draw.wholeNumbers(item.input)
    let cotangent = draw.wholeNumbers(try item.convolution.outputShape(for: item.input))
    let channels = item.convolution.outputChannels
    let weights = naive.weightPullback(cotangent.values, at: input.values).map { Float($0) }
    var bias = [Float](repeating: 0, count: channels)
    for (index, value) in cotangent.values.enumerated() { bias[index % channels] += value }
    for instructions in InstructionSet.tested {
      let convolution = try item.convolution.using(instructions)
      let found = try convolution.weightPullback(cotangent, at: input)
      #expect(found.weights == Tensor(convolution.weights.shape, weights), "\(instructions)")
      #expect(found.bias == convolution.bias.map { Tensor($0.shape, bias) }, "\(instructions)")
    }
  }

  /// More items than a run has, and more inputs than registers: x transposed times y.
  @Test(arguments: [(1, 7, 3), (13, 33, 25), (101, 5, 20), (49, 16, 48)])
  func ofADenseLayerItIsAMatrixProduct(batch: Int, inputs: Int, outputs: Int) throws {
    var draw = Draw(seed: batch)
    let input = draw.wholeNumbers([batch, inputs])
    let cotangent = draw.wholeNumbers([batch, outputs])
    let (x, y) = (input.values, cotangent.values)
    let expected = (0..<(inputs * outputs)).map { index in
      let (s, d) = index.quotientAndRemainder(dividingBy: outputs)
      return (0..<batch).reduce(Float(0)) { $0 + x[$1 * inputs + s] * y[$1 * outputs + d] }
    }
    for instructions in InstructionSet.tested {
      let dense = try Convolution(
        weights: Tensor([inputs, outputs]), window: Window(kernel: []), instructions: instructions)
      #expect(
        try dense.weightPullback(cotangent, at: input).weights == Tensor([inputs, outputs], expected),
        "\(instructions)")
    }
  }

  /// Kernel 2, input (1, 2, 3), cotangent (10, 1): tap 0 meets 1 and 2, tap 1 meets 2 and 3.
  ///
  /// 10*1 + 1*2 = 12, 10*2 + 1*3 = 23; the bias receives 11.
  @Test func aSmallSignalByHand() throws {
    let convolution = try Convolution(
      weights: Tensor([2, 1, 1], [5, 7]), bias: Tensor([1]), window: Window(kernel: [2]))
    let found = try convolution.weightPullback(
      Tensor([1, 2, 1], [10, 1]), at: Tensor([1, 3, 1], [1, 2, 3]))
    #expect(found.weights == Tensor([2, 1, 1], [12, 23]))
    #expect(found.bias == Tensor([1], [11]))
  }

  /// 16,384 products of numbers between -1 and 1: sums of about 40, and a unit in the last place of them is 4e-6.
  ///
  /// Rows are so long that they are taken in several runs.
  @Test(arguments: InstructionSet.available)
  func sumsOverManyPositionsStayAccurate(_ instructions: InstructionSet) throws {
    var draw = Draw(seed: 7)
    let convolution = try Convolution(
      weights: Tensor([1, 3, 6, 4]), window: Window(kernel: [1, 3], padding: .same),
      instructions: instructions)
    let input = draw.numbers([4, 16, 256, 6])
    let cotangent = draw.numbers([4, 16, 256, 4])
    let expected = NaiveConvolution(convolution, over: [16, 256])
      .weightPullback(cotangent.values, at: input.values)
    #expect(largestError(try convolution.weightPullback(cotangent, at: input).weights, expected) < 2e-5)
  }

  @Test func anEmptyBatchGivesZeros() throws {
    let convolution = try Convolution(
      weights: Tensor([3, 2, 4], repeating: 1), bias: Tensor([4]), window: Window(kernel: [3], padding: .same)
    )
    let found = try convolution.weightPullback(Tensor([0, 5, 4]), at: Tensor([0, 5, 2]))
    #expect(found.weights == Tensor([3, 2, 4]))
    #expect(found.bias == Tensor([4]))
  }

  @Test func anInputThatDoesNotFitIsRefused() throws {
    let convolution = try Convolution(weights: Tensor([3, 2, 4]), window: Window(kernel: [3]))
    #expect(throws: GeometryError.channelMismatch(expected: 2, found: 3)) {
      try convolution.weightPullback(Tensor([1, 3, 4]), at: Tensor([1, 5, 3]))
    }
  }
}
