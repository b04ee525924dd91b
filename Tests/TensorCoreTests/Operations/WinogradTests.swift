import TensorCore
import Testing

/// What Winograd's transforms compute, on every instruction set; tiles, where they are chosen instead, must pass the same.
@Suite struct WinogradTests {
  /// A kernel with odd extents, so that tiles stick out at the ends.
  struct Case: CustomTestStringConvertible {
    let kernel: [Int]
    let extents: [Int]
    let padding: Padding
    let channels: (inputs: Int, outputs: Int)

    var testDescription: String { "kernel \(kernel) over \(extents), \(padding), \(channels)" }

    static let all: [Case] = {
      let kernels = [([3], [21]), ([3, 3], [13, 11]), ([2, 3, 3], [3, 9, 10]), ([3, 1, 3], [4, 2, 15])]
      let channels = [(33, 41), (32, 36), (40, 50)]
      return kernels.flatMap { kernel, extents in
        let margins = kernel.indices.map { Padding.Margin(low: kernel[$0] - 1, high: $0 % 2 + 2) }
        return [Padding.valid, .same, .causal, .explicit(margins)].flatMap { padding in
          channels.map { Case(kernel: kernel, extents: extents, padding: padding, channels: $0) }
        }
      }
    }()
  }

  @Test(arguments: Case.all)
  func outputAndPullbackFollowTheFormula(_ item: Case) throws {
    var draw = Draw(seed: item.channels.inputs + item.kernel.count)
    let (inputs, outputs) = item.channels
    let weights = draw.numbers(Shape(item.kernel + [inputs, outputs]))
    let bias = draw.numbers([outputs])
    let window = Window(kernel: item.kernel, padding: item.padding)
    let input = draw.numbers(Shape(batch: 2, spatial: item.extents, channels: inputs))
    let plain = try Convolution(weights: weights, bias: bias, window: window)
    let cotangent = draw.numbers(try plain.outputShape(for: input.shape))
    let naive = NaiveConvolution(plain, over: item.extents)
    let (expected, pulledBack) = (naive(input.values), naive.pullback(cotangent.values))
    let rectifier = Rectifier(ceiling: 6)
    for instructions in InstructionSet.available {
      let convolution = try plain.using(instructions).roundedFreely
      #expect(try instructions == .amx || convolution.usesWinograd(for: input.shape))
      // Of up to 720 products of numbers between -1 and 1; one left out would be off by a quarter.
      #expect(largestError(try convolution(input), expected) < 1e-4, "\(instructions)")
      #expect(
        largestError(try convolution(input, through: rectifier), expected.map { min(max($0, 0), 6) }) < 1e-4)
      let found = try convolution.pullback(cotangent, input: input.shape)
      #expect(largestError(found, pulledBack) < 1e-4, "\(instructions)")
      let gated = try convolution.pullback(
        cotangent, input: input.shape, through: Gate(rectifier, result: input))
      #expect(gated.values == zip(found.values, input.values).map { $1 > 0 ? $0 : 0 }, "\(instructions)")

      // <A x, y> = <x, transposed A y>, where A x is the output without its bias.
      let linear = try plain.using(instructions, withBias: false).roundedFreely(input)
      let size = (product(linear, linear) * product(cotangent, cotangent)).squareRoot()
      #expect(abs(product(linear, cotangent) - product(input, found)) < 1e-6 * size, "\(instructions)")
    }
  }

  /// Errors against 64 bits of the transforms and of the direct kernel.
  ///
  /// Measured with AVX2 over 32 channels: root mean square 5.6e-7 against 1.2e-7, 99th percentile 1.9e-6 against 3.3e-7.
  @Test(arguments: InstructionSet.available, [32, 128])
  func roundingStaysNearTheDirectKernel(_ instructions: InstructionSet, channels: Int) throws {
    var draw = Draw(seed: channels)
    let convolution = try Convolution(
      weights: draw.numbers([3, 3, channels, 32]), window: Window(kernel: [3, 3]), instructions: instructions)
    let input = draw.numbers([1, 14, 14, channels])
    let exact = NaiveConvolution(convolution, over: [14, 14])(input.values)
    let scale = (exact.reduce(0) { $0 + $1 * $1 } / Double(exact.count)).squareRoot()
    let found = errors(try convolution.roundedFreely(input), exact, scale)
    let direct = errors(try convolution(input), exact, scale)
    #expect(found.meanSquare < 6 * direct.meanSquare && found.meanSquare < 9e-7, "\(found), \(direct)")
    #expect(found.percentile < 7 * direct.percentile && found.percentile < 3e-6, "\(found), \(direct)")
  }

  /// The root mean square and the 99th percentile of errors, as a share of a scale.
  private func errors(
    _ found: Tensor, _ exact: [Double], _ scale: Double
  ) -> (meanSquare: Double, percentile: Double) {
    let sorted = zip(found.values, exact).map { abs(Double($0) - $1) / scale }.sorted()
    return (rootMeanSquareError(found, exact) / scale, sorted[sorted.count * 99 / 100])
  }

  /// Transforms spread what is not finite over tiles; what they must never do is to turn it into a number.
  @Test(arguments: InstructionSet.available)
  func whatIsNotFiniteNeverTurnsFinite(_ instructions: InstructionSet) throws {
    var draw = Draw(seed: 9)
    let convolution = try Convolution(
      weights: draw.numbers([3, 3, 24, 32]), window: Window(kernel: [3, 3], padding: .same),
      instructions: instructions
    ).roundedFreely
    let values: [Float] = [.infinity, -.infinity, .nan]
    for position in 0..<81 {
      let (row, column) = (position / 9, position % 9)
      var input = draw.numbers([1, 9, 9, 24])
      input[0, row, column, position % 24] = values[position % 3]
      let output = try convolution(input)
      for reached in 0..<81 where abs(reached / 9 - row) < 2 && abs(reached % 9 - column) < 2 {
        #expect((0..<32).allSatisfy { !output[0, reached / 9, reached % 9, $0].isFinite })
      }
    }
  }

  /// Equal patches give equal outputs where a way back may follow: a maximum among them stays the first.
  @Test(arguments: InstructionSet.available)
  func anEvenBackgroundStaysEvenOnAWayForwardThatLeadsBack(_ instructions: InstructionSet) throws {
    var draw = Draw(seed: 3)
    let convolution = try Convolution(
      weights: draw.numbers([3, 3, 32, 32]), window: Window(kernel: [3, 3]), instructions: instructions)
    let color = draw.numbers([32]).values
    for convolution in [convolution, convolution.roundedEvenly] {
      let output = try convolution(Tensor([1, 20, 20, 32], (0..<400).flatMap { _ in color }))
      let first = Array(output.values.prefix(32))
      #expect((0..<324).allSatisfy { Array(output.values[($0 * 32)..<($0 * 32 + 32)]) == first })
    }
  }

  private struct Ruling {
    var window: Window
    var extents: [Int]
    var inputs = 64
    var outputs = 64
    var groups = 1
    var isWinograd: Bool
  }

  /// What makes the rule: channels, taps, stride, dilation, groups and how well tiles fit.
  @Test func theRule() throws {
    let square = Window(kernel: [3, 3], padding: .same)
    let line = Window(kernel: [3], padding: .same)
    let skipping = Window(kernel: [3, 3], stride: [1, 2], padding: .same)
    let spread = Window(kernel: [3, 3], dilation: [2, 1], padding: .same)
    let rulings = [
      Ruling(window: square, extents: [12, 12], inputs: 16, outputs: 16, isWinograd: true),
      Ruling(window: square, extents: [12, 12], inputs: 15, outputs: 16, isWinograd: false),
      Ruling(window: square, extents: [12, 12], outputs: 15, isWinograd: false),
      Ruling(window: square, extents: [7, 7], isWinograd: true),
      Ruling(window: square, extents: [5, 5], isWinograd: false),
      Ruling(window: square, extents: [4, 8], isWinograd: false),
      Ruling(window: square, extents: [12, 12], groups: 2, isWinograd: false),
      Ruling(window: skipping, extents: [12, 24], isWinograd: false),
      Ruling(window: spread, extents: [12, 12], isWinograd: false),
      Ruling(window: Window(kernel: [5, 3], padding: .same), extents: [12, 12], isWinograd: false),
      Ruling(window: Window(kernel: [3, 5], padding: .same), extents: [12, 12], isWinograd: false),
      Ruling(window: line, extents: [40], inputs: 32, outputs: 32, isWinograd: true),
      Ruling(window: line, extents: [40], inputs: 31, isWinograd: false),
      Ruling(window: line, extents: [9], isWinograd: false),
      Ruling(window: Window(kernel: []), extents: [], isWinograd: false),
    ]
    for (index, ruling) in rulings.enumerated() {
      let shape = Shape(ruling.window.kernel + [ruling.inputs / ruling.groups, ruling.outputs])
      let convolution = try Convolution(
        weights: Tensor(shape, repeating: 1), window: ruling.window, groups: ruling.groups,
        instructions: .portable)
      let input = Shape(batch: 1, spatial: ruling.extents, channels: ruling.inputs)
      #expect(try convolution.usesWinograd(for: input) == ruling.isWinograd, "\(index)")
    }
  }
}
