import TensorCore
import Testing

@Suite struct ActivationTests {
  static let all: [Activation] = [
    .linear, .relu(), .relu(slope: 0.3), .relu(maximum: 6), .relu(slope: 0.1, maximum: 2, threshold: 0.5),
    .thresholded(at: 1), .sigmoid, .tanh, .elu(alpha: 1), .elu(alpha: 0.7), .selu, .softplus, .softsign,
    .exponential,
    .hardSigmoid(slope: 0.2), .hardSigmoid(slope: 1 / 6), .silu, .hardSilu, .gelu(approximate: false),
    .gelu(approximate: true), .mish, .celu(alpha: 1), .celu(alpha: 0.6), .hardTanh,
    .hardShrink(threshold: 0.5),
    .softShrink(threshold: 0.5), .tanhShrink, .sparsePlus, .sparseSigmoid, .squareplus(b: 4),
    .squareplus(b: 0.5), .logSigmoid,
  ]

  /// Places between the kinks of all functions above.
  static let places: [Float] = [
    -7.3, -3.7, -2.7, -1.9, -1.1, -0.6, -0.21, -0.01, 0.02, 0.3, 0.7, 1.3, 1.8, 2.6, 3.3, 5.2, 8.1,
  ]

  @Test(arguments: all)
  func valuesAndDerivativesEqualTheFormula(_ activation: Activation) {
    let input = Tensor([1, Self.places.count], Self.places)
    let cotangent = Tensor(input.shape, Self.places.map { 1 + abs($0) })
    let output = activation(input)
    let pulledBack = activation.pullback(cotangent, at: input)
    for (index, place) in Self.places.enumerated() {
      let x = Double(place)
      let value = NaiveActivation.value(of: activation, at: x)
      #expect(abs(Double(output[0, index]) - value) <= 4e-7 * max(1, abs(value)), "at \(x)")
      let step = 1e-5
      let slope =
        (NaiveActivation.value(of: activation, at: x + step)
          - NaiveActivation.value(of: activation, at: x - step))
        / (2 * step)
      let expected = slope * Double(cotangent[0, index])
      #expect(abs(Double(pulledBack[0, index]) - expected) <= 2e-6 * max(1, abs(expected)), "slope at \(x)")
    }
  }

  /// hard-sigmoid(-1): 1/2 - 1/5 = 0.3 in Keras 2, 1/2 - 1/6 = 1/3 in Keras 3; gelu(-1) = -0.158655 exactly, -0.158808
  /// approximately (values of Keras).
  @Test func valuesThatKerasGives() {
    #expect(abs(Activation.hardSigmoid(slope: 0.2).value(at: -1) - 0.3) < 1e-7)
    #expect(abs(Activation.hardSigmoid(slope: 1 / 6).value(at: -1) - 1 / 3) < 1e-7)
    #expect(abs(Activation.gelu(approximate: false).value(at: -1) + 0.158655) < 1e-6)
    #expect(abs(Activation.gelu(approximate: true).value(at: -1) + 0.158808) < 1e-6)
  }

  @Test func theDerivativeIsZeroAtTheEndsOfAClippedRange() {
    #expect(Activation.relu().derivative(at: 0) == 0)
    #expect(Activation.relu().pullback(Tensor([1, 1], [3]), at: Tensor([1, 1], [0])).values == [0])
    #expect(Activation.relu(maximum: 6).derivative(at: 0) == 0)
    #expect(Activation.relu(maximum: 6).derivative(at: 6) == 0)
    #expect(Activation.thresholded(at: 1).derivative(at: 1) == 0)
    #expect(Activation.hardSigmoid(slope: 0.25).derivative(at: -2) == 0)
    #expect(Activation.hardSigmoid(slope: 0.25).derivative(at: 2) == 0)
    // x * clip(x / 6 + 1/2): at 3 only the first factor still changes.
    #expect(Activation.hardSilu.derivative(at: -3) == 0)
    #expect(Activation.hardSilu.derivative(at: 3) == 1)
    for edge: Float in [-1, 1] {
      #expect(Activation.hardTanh.derivative(at: edge) == 0)
      #expect(Activation.sparseSigmoid.derivative(at: edge) == 0)
    }
    #expect(Activation.softShrink(threshold: 0.5).derivative(at: 0.5) == 0)
  }

  @Test func otherKinksHaveTheDerivativeOfTheirLeftSide() {
    #expect(Activation.relu(slope: 0.3).derivative(at: 0) == 0.3)
    #expect(Activation.elu(alpha: 0.5).derivative(at: 0) == 0.5)
  }

  @Test(arguments: all)
  func farOutNothingOverflows(_ activation: Activation) {
    for x: Float in [-80, 80] {
      #expect(activation.value(at: x).isFinite)
      #expect(activation.derivative(at: x).isFinite)
    }
  }

  @Test func tailsKeepTheirRelativePrecision() {
    // exp(-30) = 9.357623e-14, far below the rounding of 1.
    let tail = 9.357623e-14
    #expect(abs(Double(Activation.sigmoid.value(at: -30)) / tail - 1) < 1e-5)
    #expect(abs(Double(Activation.sigmoid.derivative(at: 30)) / tail - 1) < 1e-5)
    #expect(abs(Double(Activation.softplus.value(at: -30)) / tail - 1) < 1e-5)
  }

  /// Where the plain formulas cancel: x - tanh(x) = x^3 / 3 near zero, (x + sqrt(x^2 + b)) / 2 = -b / (4 x) far below.
  @Test func nothingCancels() {
    #expect(abs(Activation.tanhShrink.value(at: 1e-3) / 3.3333320e-10 - 1) < 1e-6)
    #expect(abs(Activation.squareplus(b: 4).value(at: -1e4) / 9.9999999e-5 - 1) < 1e-6)
    #expect(abs(Activation.squareplus(b: 4).derivative(at: -1e4) / 9.9999997e-9 - 1) < 1e-6)
  }

  @Test func piecewiseLinearOnesAreKnown() {
    let linear = Self.all.filter(\.isPiecewiseLinear)
    #expect(
      linear == [
        .linear, .relu(), .relu(slope: 0.3), .relu(maximum: 6), .relu(slope: 0.1, maximum: 2, threshold: 0.5),
        .thresholded(at: 1), .hardSigmoid(slope: 0.2), .hardSigmoid(slope: 1 / 6), .hardTanh,
        .hardShrink(threshold: 0.5), .softShrink(threshold: 0.5), .sparseSigmoid,
      ])
  }
}
