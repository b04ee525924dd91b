import Foundation
import Networks
import TensorCore

extension Optimizer {
  /// Makes one step.
  ///
  /// - Parameters:
  ///   - parameters: The arrays to change.
  ///   - roles: What each of them is.
  ///   - gradients: An array of the same shape for each of them.
  ///   - state: What is remembered.
  ///   - rate: The learning rate.
  package func step(
    _ parameters: inout [Tensor], roles: [Parameter.Role], gradients: [Tensor], state: inout OptimizerState,
    rate: Double
  ) {
    state.steps += 1
    for index in parameters.indices {
      decay(&parameters[index], role: roles[index], rate: rate)
      switch self {
      case .sgd(let momentum, let isNesterov):
        guard momentum > 0 else {
          parameters[index].update(with: gradients[index], by: PlainStep(rate: Float(rate)))
          continue
        }
        parameters[index].update(
          with: gradients[index], &state.first[index],
          by: MomentumStep(rate: Float(rate), momentum: Float(momentum), isNesterov: isNesterov))
      case .adam(let beta1, let beta2, let epsilon), .adamW(_, _, let beta1, let beta2, let epsilon):
        let count = Double(state.steps)
        let corrected = rate * (1 - pow(beta2, count)).squareRoot() / (1 - pow(beta1, count))
        parameters[index].update(
          with: gradients[index], &state.first[index], &state.second[index],
          by: AdamStep(
            rate: Float(corrected), first: Float(1 - beta1), second: Float(1 - beta2), epsilon: Float(epsilon)
          ))
      }
    }
  }

  /// Lets an array decay towards zero, where it does.
  private func decay(_ parameter: inout Tensor, role: Parameter.Role, rate: Double) {
    guard case .adamW(let decay, let decaying, _, _, _) = self, decay > 0,
      decaying == .all || role == .kernel
    else { return }
    let (share, step) = (Float(decay), Float(rate))
    parameter.withMutableValues { values in
      for index in values.indices { values[index] -= values[index] * share * step }
    }
  }
}
