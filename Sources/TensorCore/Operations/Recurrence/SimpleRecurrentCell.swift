/// The fully recurrent cell.
///
/// Elman, Cognitive Science 1990:
///
///     h' = activation(x W + b + h U)
public struct SimpleRecurrentCell: WeightedCell {
  package let weights: RecurrentWeights
  /// The function of the step.
  public let activation: Activation

  /// Creates a cell.
  ///
  /// - Parameters:
  ///   - weights: Its two maps, of one gate.
  ///   - activation: The function of the step.
  public init(_ weights: RecurrentWeights, activation: Activation = .tanh) {
    self.weights = weights
    self.activation = activation
  }

  /// The state after a step.
  ///
  /// - Throws: `GeometryError` when projection and state do not fit.
  public func step(_ projection: Tensor, _ states: [Tensor]) throws(GeometryError) -> [Tensor] {
    [activation(projection + (try weights.recurrent(states[0])))]
  }

  /// The cotangents of a step's projection and of the state before it.
  ///
  /// - Throws: `GeometryError` when projection and state do not fit.
  public func pullback(
    _ cotangents: [Tensor], at projection: Tensor, _ states: [Tensor]
  ) throws(GeometryError) -> (projection: Tensor, states: [Tensor]) {
    let sum = projection + (try weights.recurrent(states[0]))
    let cotangent = activation.pullback(cotangents[0], at: sum)
    return (cotangent, [try weights.recurrent.pullback(cotangent, input: states[0].shape)])
  }

  /// The same cell with other weights and biases.
  ///
  /// - Throws: `GeometryError` when the new arrays have other shapes.
  public func replacingParameters(
    with new: (Tensor) -> Tensor
  ) throws(GeometryError) -> any RecurrentCell {
    SimpleRecurrentCell(
      try weights.replacingParameters(with: new), activation: activation)
  }
}
