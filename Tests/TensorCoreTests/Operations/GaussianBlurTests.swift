import TensorCore
import Testing

@Suite struct GaussianBlurTests {
  static let blurs: [([Int], Double)] = [([9], 1), ([3], 2.5), ([1], 1), ([5, 6], 0.8), ([2, 3, 4], 1.3)]

  @Test(arguments: blurs)
  func everyAxisEqualsTheFormula(_ extents: [Int], _ sigma: Double) {
    var draw = Draw(seed: extents.reduce(1) { $0 * 31 + $1 })
    let input = draw.numbers(Shape(batch: 2, spatial: extents, channels: 3))
    var expected = input.values.map { Double($0) }
    for axis in extents.indices {
      expected = NaiveResampling.lines(of: expected, input.shape.extents, along: axis + 1, to: extents[axis])
      {
        NaiveResampling.blur($0, sigma: sigma)
      }
    }
    #expect(largestError(input.blurred(sigma: sigma), expected) < 1e-6)
  }

  /// The weights of sigma 2 are those of the MNIST1D generator: 0.199474647864745 in the middle, 0.0269959 at distance 4.
  @Test func anImpulseShowsTheWeights() {
    var impulse = Tensor([1, 21, 1])
    impulse[0, 10, 0] = 1
    let blurred = impulse.blurred(sigma: 2)
    #expect(abs(Double(blurred[0, 10, 0]) - 0.199474647864745) < 1e-8)
    #expect(abs(Double(blurred[0, 14, 0]) - 0.026995957967298846) < 1e-8)
    #expect(blurred[0, 1, 0] == 0)
  }

  @Test func aConstantStaysAndZeroWidthChangesNothing() {
    let constant = Tensor([1, 6, 4, 2], repeating: 3)
    #expect(largestError(constant.blurred(sigma: 1.7), constant.values.map { Double($0) }) < 1e-6)
    let input = Tensor([1, 3, 1], [1, -2, 5])
    #expect(input.blurred(sigma: 0) == input)
  }
}
