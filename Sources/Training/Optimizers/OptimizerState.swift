import TensorCore

/// What an optimizer remembers between steps.
package struct OptimizerState: Sendable, Equatable {
  /// The number of steps that were made.
  package var steps = 0
  /// One array per parameter array, in the parameters' order: velocities or mean gradients; none where the optimizer needs none.
  package var first: [Tensor]
  /// The same for mean squared gradients.
  package var second: [Tensor]

  /// The state before the first step: zeros.
  package init(for optimizer: Optimizer, parameters: [Tensor]) {
    let zeros = parameters.map { Tensor($0.shape) }
    first = optimizer.momentCount > 0 ? zeros : []
    second = optimizer.momentCount > 1 ? zeros : []
  }

  /// A state that was stored.
  package init(steps: Int, first: [Tensor], second: [Tensor]) {
    self.steps = steps
    self.first = first
    self.second = second
  }
}
