import Foundation

/// An element-wise function of a network, with its derivative.
///
/// Names and formulas are those of Keras. At the ends of a clipped range the derivative of the clipped part is zero, so that
/// ReLU'(0) = ReLU6'(6) = 0; at any other kink the derivative is that of the left side.
public enum Activation: Hashable, Sendable {
  /// `x`
  case linear
  /// `maximum` for `x >= maximum`, `x` for `threshold <= x < maximum`, else `slope * (x - threshold)`.
  case relu(slope: Float = 0, maximum: Float = .infinity, threshold: Float = 0)
  /// `x` for `x > threshold`, else 0.
  case thresholded(at: Float)
  /// `1 / (1 + exp(-x))`
  case sigmoid
  /// `tanh(x)`
  case tanh
  /// `x` for `x > 0`, else `alpha * (exp(x) - 1)`.
  case elu(alpha: Float)
  /// `scale * elu(x)` with the constants of Klambauer et al. 2017.
  case selu
  /// `log(1 + exp(x))`
  case softplus
  /// `x / (1 + |x|)`
  case softsign
  /// `exp(x)`
  case exponential
  /// `clip(slope * x + 1/2, 0, 1)`: slope 1/5 in Keras 2, 1/6 in Keras 3.
  case hardSigmoid(slope: Float)
  /// `x * sigmoid(x)`, also called swish.
  case silu
  /// `x * clip(x / 6 + 1/2, 0, 1)`, also called hard swish.
  case hardSilu
  /// `x * Phi(x)` with the normal distribution function, or its approximation by a hyperbolic tangent.
  case gelu(approximate: Bool)
  /// `x * tanh(softplus(x))`
  case mish
}

extension Activation {
  /// Whether the function is linear between finitely many kinks.
  public var isPiecewiseLinear: Bool {
    switch self {
    case .linear, .relu, .thresholded, .hardSigmoid: true
    default: false
    }
  }

  /// The function at every element.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    if self == .linear { return input }
    if let rectifier { return rectifier(input) }
    return input.map { value(at: $0) }
  }

  /// The cotangent of the input: the cotangent of the output times the derivative at every element.
  public func pullback(_ cotangent: Tensor, at input: Tensor) -> Tensor {
    if self == .linear { return cotangent }
    // Between zero and the ceiling a rectifier's input equals its result.
    if let rectifier { return rectifier.pullback(cotangent, at: input) }
    return cotangent.combined(with: input) { $0 * derivative(at: $1) }
  }

  /// The function at one number.
  public func value(at x: Float) -> Float {
    switch self {
    case .linear: x
    case .relu(let slope, let maximum, let threshold):
      x >= maximum ? maximum : x >= threshold ? x : slope * (x - threshold)
    case .thresholded(let threshold): x > threshold ? x : 0
    case .sigmoid: logistic(x)
    case .tanh: tanhf(x)
    case .elu(let alpha): x > 0 ? x : alpha * expm1f(x)
    case .selu: seluScale * (x > 0 ? x : seluAlpha * expm1f(x))
    case .softplus: max(x, 0) + log1pf(expf(-abs(x)))
    case .softsign: x / (1 + abs(x))
    case .exponential: expf(x)
    case .hardSigmoid(let slope): min(max(slope * x + 0.5, 0), 1)
    case .silu: x * logistic(x)
    case .hardSilu: x * min(max(x / 6 + 0.5, 0), 1)
    case .gelu(approximate: false): x * normalDistribution(x)
    case .gelu(approximate: true): 0.5 * x * (1 + tanhf(geluSlope * (x + geluCubic * x * x * x)))
    case .mish: x * tanhf(Activation.softplus.value(at: x))
    }
  }

  /// The derivative at one number.
  public func derivative(at x: Float) -> Float {
    switch self {
    case .linear: return 1
    case .relu(let slope, let maximum, let threshold): return x >= maximum ? 0 : x > threshold ? 1 : slope
    case .thresholded(let threshold): return x > threshold ? 1 : 0
    case .sigmoid: return logistic(x) * logistic(-x)
    case .tanh:
      let t = tanhf(x)
      return (1 - t) * (1 + t)
    case .elu(let alpha): return x > 0 ? 1 : alpha * expf(x)
    case .selu: return seluScale * (x > 0 ? 1 : seluAlpha * expf(x))
    case .softplus: return logistic(x)
    case .softsign: return 1 / ((1 + abs(x)) * (1 + abs(x)))
    case .exponential: return expf(x)
    case .hardSigmoid(let slope): return abs(slope * x) < 0.5 ? slope : 0
    case .silu: return logistic(x) * (1 + x * logistic(-x))
    case .hardSilu: return x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5
    case .gelu(approximate: false): return normalDistribution(x) + x * normalDensity(x)
    case .gelu(approximate: true):
      let t = tanhf(geluSlope * (x + geluCubic * x * x * x))
      return 0.5 * (1 + t) + 0.5 * x * (1 - t) * (1 + t) * geluSlope * (1 + 3 * geluCubic * x * x)
    case .mish:
      let t = tanhf(Activation.softplus.value(at: x))
      return t + x * (1 - t) * (1 + t) * logistic(x)
    }
  }
}

private let seluScale: Float = 1.0507009873554805
private let seluAlpha: Float = 1.6732632423543772
private let geluSlope: Float = 0.7978845608028654
private let geluCubic: Float = 0.044715

private func logistic(_ x: Float) -> Float {
  let tail = expf(-abs(x))
  return x >= 0 ? 1 / (1 + tail) : tail / (1 + tail)
}

private func normalDistribution(_ x: Float) -> Float { 0.5 * erfcf(-x * Float(0.5).squareRoot()) }

private func normalDensity(_ x: Float) -> Float { expf(-0.5 * x * x) * 0.3989422804014327 }
