import Foundation

/// The activations that Keras 3 added: their formulas, apart from those that every version has.
extension Activation {
  /// The function at one number, for the activations of Keras 3.
  func laterValue(at x: Float) -> Float {
    switch self {
    case .celu(let alpha): return x > 0 ? x : alpha * expm1f(x / alpha)
    case .hardTanh: return min(max(x, -1), 1)
    case .hardShrink(let threshold): return abs(x) > threshold ? x : 0
    case .softShrink(let threshold):
      return x > threshold ? x - threshold : x < -threshold ? x + threshold : x.isNaN ? x : 0
    case .tanhShrink:
      // x - tanh(x) cancels near zero: there the series x^3/3 - 2x^5/15 + 17x^7/315 is used.
      guard abs(x) < 0.25 else { return x - tanhf(x) }
      let square = x * x
      return x * square * (1 / 3 - square * (2 / 15 - square * (17 / 315 - square * 62 / 2835)))
    case .sparsePlus: return x <= -1 ? 0 : x < 1 ? 0.25 * (x + 1) * (x + 1) : x
    case .sparseSigmoid: return min(max(0.5 * (x + 1), 0), 1)
    case .squareplus(let b):
      let root = (x * x + b).squareRoot()
      // Of x + root, the part that cancels for negative x is written as a quotient.
      return x >= 0 ? 0.5 * (x + root) : 0.5 * b / (root - x)
    case .logSigmoid: return min(x, 0) - log1pf(expf(-abs(x)))
    default: return x
    }
  }

  /// The derivative at one number, for the activations of Keras 3.
  func laterDerivative(at x: Float) -> Float {
    switch self {
    case .celu(let alpha): return x > 0 ? 1 : expf(x / alpha)
    case .hardTanh: return abs(x) < 1 ? 1 : 0
    case .hardShrink(let threshold), .softShrink(let threshold): return abs(x) > threshold ? 1 : 0
    case .tanhShrink:
      let t = tanhf(x)
      return t * t
    case .sparsePlus: return x <= -1 ? 0 : x < 1 ? 0.5 * (x + 1) : 1
    case .sparseSigmoid: return abs(x) < 1 ? 0.5 : 0
    case .squareplus(let b):
      let root = (x * x + b).squareRoot()
      return x >= 0 ? 0.5 * (1 + x / root) : 0.5 * b / (root * (root - x))
    case .logSigmoid: return Activation.sigmoid.value(at: -x)
    default: return 1
    }
  }
}
