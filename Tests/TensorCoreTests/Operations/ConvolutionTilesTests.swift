import TensorCore
import Testing

/// What splitting into bfloat16 terms could lose; the other sets must pass the same.
@Suite struct ConvolutionTilesTests {
  /// The chain of products that tiles are measured against: one after the other in 32 bits.
  ///
  /// 288 products of numbers between -1 and 1, the sums of about 5.
  @Test func tilesRoundLessThanAChainOfFloats() throws {
    var draw = Draw(seed: 8)
    let weights = draw.numbers([3, 3, 32, 32])
    let convolution = try Convolution(
      weights: weights, window: Window(kernel: [3, 3]), instructions: .amxEmulated)
    let input = draw.numbers([1, 10, 34, 32])
    let exact = NaiveConvolution(convolution, over: [10, 34])(input.values)
    let tiles = try convolution(input)
    let chain = Tensor(
      tiles.shape, chainOfProducts(input.values, weights.values, over: (10, 34), channels: 32))
    #expect(rootMeanSquareError(tiles, exact) < 0.5 * rootMeanSquareError(chain, exact))
    #expect(largestError(tiles, exact) < 0.5 * largestError(chain, exact))
    #expect(largestError(tiles, exact) < 3e-6)
  }

  /// 3x3 taps without padding, every sum one chain of rounded products.
  private func chainOfProducts(
    _ input: [Float], _ weights: [Float], over extents: (Int, Int), channels: Int
  ) -> [Float] {
    var result: [Float] = []
    for row in 0..<(extents.0 - 2) {
      for column in 0..<(extents.1 - 2) {
        var sums = [Float](repeating: 0, count: channels)
        for tap in 0..<9 {
          let position = (row + tap / 3) * extents.1 + column + tap % 3
          for s in 0..<channels {
            let value = input[position * channels + s]
            let weight = (tap * channels + s) * channels
            for d in 0..<channels { sums[d].addProduct(value, weights[weight + d]) }
          }
        }
        result += sums
      }
    }
    return result
  }

  /// Tiles split an infinity into an infinity and NaN; what they must never do is to give a number.
  @Test(arguments: InstructionSet.tested)
  func whatIsNotFiniteNeverTurnsFinite(_ instructions: InstructionSet) throws {
    var draw = Draw(seed: 9)
    let convolution = try Convolution(
      weights: draw.numbers([3, 32, 16]), window: Window(kernel: [3], padding: .same),
      instructions: instructions)
    for value in [
      Float.infinity, -.infinity, .nan, Float(bitPattern: 0x7FFF_FFFF), Float(bitPattern: 0xFF80_0001),
    ] {
      var input = draw.numbers([1, 20, 32])
      input[0, 7, 5] = value
      let output = try convolution(input)
      for position in 0..<20 {
        for channel in 0..<16 { #expect(output[0, position, channel].isFinite != (6...8).contains(position)) }
      }
    }
  }

  /// Rounding the largest number to bfloat16 would give an infinity.
  @Test(arguments: InstructionSet.tested)
  func theLargestNumbersStayFinite(_ instructions: InstructionSet) throws {
    let identity = (0..<(32 * 16)).map { Float($0 / 16 == $0 % 16 ? 1 : 0) }
    let convolution = try Convolution(
      weights: Tensor([1, 32, 16], identity), window: Window(kernel: [1]), instructions: instructions)
    let largest = Float.greatestFiniteMagnitude
    let values = [largest, -largest, largest.nextDown, 0x1.FEp127, 0x1.FEFFFEp127, 1e-30, 0x1p-110, 3]
    let input = Tensor([1, 16, 32], (0..<(16 * 32)).map { values[($0 % 32) % values.count] })
    let output = try convolution(input)
    #expect(output.values == (0..<(16 * 16)).map { values[$0 % 16 % values.count] })
  }

  /// Numbers below the normal range may count as zero, and so may what tiles split off: at most 2^-126 of every term.
  @Test(arguments: InstructionSet.tested)
  func theSmallestNumbersAreOffByLittle(_ instructions: InstructionSet) throws {
    let convolution = try Convolution(
      weights: Tensor([1, 32, 16], repeating: 1), window: Window(kernel: [1]), instructions: instructions)
    let value: Float = 0x1.23456p-120
    let output = try convolution(Tensor([1, 16, 32], repeating: value))
    let expected = [Double](repeating: 32 * Double(value), count: 256)
    #expect(largestError(output, expected) <= 32 * 10 * 0x1p-126)
  }
}
