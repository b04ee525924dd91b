import TensorCore

extension Activation {
  /// Values whose slope is taken from the derivative between them: closer ones lose too many digits in a quotient of differences.
  private static let close: Float = 0.25

  /// The slope of the line through two points of the function: `(f(b) - f(a)) / (b - a)`, or the derivative where they meet.
  ///
  /// Between values that are close and have no kink between them it is the mean of the derivative at the three nodes of Gauss and
  /// Legendre, which keeps the digits that the quotient of 32-bit numbers loses.
  func slope(from a: Float, to b: Float) -> Float {
    guard a != b else { return derivative(at: b) }
    let (low, high) = (min(a, b), max(a, b))
    let distance = Double(b) - Double(a)
    let hasKink = kinks.contains { low <= $0 && $0 <= high }
    if hasKink || !isPiecewiseLinear && high - low > Self.close {
      return Float((Double(value(at: b)) - Double(value(at: a))) / distance)
    }
    let middle = (Double(a) + Double(b)) / 2
    if isPiecewiseLinear { return derivative(at: Float(middle)) }
    let offset = distance / 2 * (0.6).squareRoot()
    let sides =
      Double(derivative(at: Float(middle - offset))) + Double(derivative(at: Float(middle + offset)))
    return Float((5 * sides + 8 * Double(derivative(at: Float(middle)))) / 18)
  }

  /// Where the function or its derivative jumps, or a parabola begins.
  private var kinks: [Float] {
    switch self {
    case .relu(_, let maximum, let threshold): [threshold, maximum]
    case .hardSigmoid(let slope): [-0.5 / slope, 0.5 / slope]
    case .thresholded(let threshold): [threshold]
    case .hardShrink(let threshold), .softShrink(let threshold): [-threshold, threshold]
    case .elu, .selu, .celu: [0]
    case .hardSilu: [-3, 3]
    case .hardTanh, .sparsePlus, .sparseSigmoid: [-1, 1]
    default: []
    }
  }
}
