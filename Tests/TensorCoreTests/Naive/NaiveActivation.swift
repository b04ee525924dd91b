import Foundation
import TensorCore

/// The functions of a network in 64 bits, from their formulas.
enum NaiveActivation {
  static func value(of activation: Activation, at x: Double) -> Double {
    switch activation {
    case .linear: x
    case .relu(let slope, let maximum, let threshold):
      x >= Double(maximum)
        ? Double(maximum) : x >= Double(threshold) ? x : Double(slope) * (x - Double(threshold))
    case .thresholded(let threshold): x > Double(threshold) ? x : 0
    case .sigmoid: 1 / (1 + exp(-x))
    case .tanh: Foundation.tanh(x)
    case .elu(let alpha): x > 0 ? x : Double(alpha) * (exp(x) - 1)
    case .selu: 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (exp(x) - 1))
    case .softplus: log(1 + exp(x))
    case .softsign: x / (1 + abs(x))
    case .exponential: exp(x)
    case .hardSigmoid(let slope): min(1, max(0, Double(slope) * x + 0.5))
    case .silu: x / (1 + exp(-x))
    case .hardSilu: x * min(6, max(0, x + 3)) / 6
    case .gelu(approximate: false): x * (1 + erf(x / 2.0.squareRoot())) / 2
    case .gelu(approximate: true):
      x * (1 + Foundation.tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x))) / 2
    case .mish: x * Foundation.tanh(log(1 + exp(x)))
    case .celu(let alpha): max(x, 0) + Double(alpha) * (exp(min(x, 0) / Double(alpha)) - 1)
    case .hardTanh: min(1, max(-1, x))
    case .hardShrink(let threshold): abs(x) > Double(threshold) ? x : 0
    case .softShrink(let threshold): x > 0 ? max(x - Double(threshold), 0) : min(x + Double(threshold), 0)
    case .tanhShrink: x - Foundation.tanh(x)
    case .sparsePlus: x <= -1 ? 0 : x >= 1 ? x : (x + 1) * (x + 1) / 4
    case .sparseSigmoid: min(1, max(0, (x + 1) / 2))
    case .squareplus(let b): (x + (x * x + Double(b)).squareRoot()) / 2
    case .logSigmoid: -log(1 + exp(-x))
    }
  }
}
