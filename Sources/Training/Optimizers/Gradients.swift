import Networks
import TensorCore

/// What is done to gradients before a step.
package enum Gradients {
  /// Adds those of the penalty `l2 * sum(w^2)` over the kernels.
  ///
  /// - Parameters:
  ///   - l2: The factor.
  ///   - parameters: The parameters.
  ///   - gradients: The gradients of the loss.
  /// - Returns: The penalty.
  package static func penalize(_ l2: Double, _ parameters: [Parameter], _ gradients: inout [Tensor]) -> Double
  {
    guard l2 > 0 else { return 0 }
    var penalty = 0.0
    for (index, parameter) in parameters.enumerated() where parameter.role == .kernel {
      penalty += parameter.values.sumOfSquares
      gradients[index].add(parameter.values, times: Float(2 * l2))
    }
    return l2 * penalty
  }

  /// Shortens all gradients together to a largest norm.
  ///
  ///     g *= min(1, norm / sqrt(sum of all g^2))
  package static func clip(_ gradients: inout [Tensor], toNorm norm: Double?) {
    guard let norm else { return }
    let found = gradients.reduce(0) { $0 + $1.sumOfSquares }.squareRoot()
    guard found > norm else { return }
    for index in gradients.indices { gradients[index].scale(by: Float(norm / found)) }
  }
}
