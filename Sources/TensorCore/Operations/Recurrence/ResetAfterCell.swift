/// The gated recurrent unit whose reset gate acts after the recurrent product, as cuDNN computes it.
///
///     x_z, x_r, x_c = the three runs of x W + b;  s_z, s_r, s_c = those of h U + d
///     z = gate(x_z + s_z);  r = gate(x_r + s_r);  c = activation(x_c + r * s_c)
///     h' = z * h + (1 - z) * c
public struct ResetAfterCell: WeightedCell {
  package let weights: RecurrentWeights
  /// The function of the candidate.
  public let activation: Activation
  /// The function of the gates.
  public let gateActivation: Activation

  /// Creates a cell.
  ///
  /// - Parameters:
  ///   - weights: Its two maps, of three gates: update, reset, candidate. Both may have a bias.
  ///   - activation: The function of the candidate.
  ///   - gateActivation: The function of the gates.
  public init(
    _ weights: RecurrentWeights, activation: Activation = .tanh, gateActivation: Activation = .sigmoid
  ) {
    self.weights = weights
    self.activation = activation
    self.gateActivation = gateActivation
  }

  /// What one step computes on its way.
  private struct Step {
    /// The sums before the functions: update, reset, candidate.
    var sums: [Tensor]
    var update: Tensor
    var reset: Tensor
    var candidate: Tensor
    /// The state's part of the candidate.
    var recurrent: Tensor
  }

  private func run(_ projection: Tensor, _ state: Tensor) throws(GeometryError) -> Step {
    let input = projection.channelRuns(3)
    let recurrent = try weights.recurrent(state).channelRuns(3)
    let (updateSum, resetSum) = (input[0] + recurrent[0], input[1] + recurrent[1])
    let reset = gateActivation(resetSum)
    let sum = input[2] + reset * recurrent[2]
    return Step(
      sums: [updateSum, resetSum, sum], update: gateActivation(updateSum), reset: reset,
      candidate: activation(sum), recurrent: recurrent[2])
  }

  /// The state after a step.
  ///
  /// - Throws: `GeometryError` when projection and state do not fit.
  public func step(_ projection: Tensor, _ states: [Tensor]) throws(GeometryError) -> [Tensor] {
    let step = try run(projection, states[0])
    return [step.update * states[0] + step.update.map { 1 - $0 } * step.candidate]
  }

  /// The cotangents of a step's projection and of the state before it.
  ///
  /// - Throws: `GeometryError` when projection and state do not fit.
  public func pullback(
    _ cotangents: [Tensor], at projection: Tensor, _ states: [Tensor]
  ) throws(GeometryError) -> (projection: Tensor, states: [Tensor]) {
    let (state, arriving) = (states[0], cotangents[0])
    let step = try run(projection, state)
    let update = gateActivation.pullback(arriving * (state - step.candidate), at: step.sums[0])
    let candidate = activation.pullback(arriving * step.update.map { 1 - $0 }, at: step.sums[2])
    let reset = gateActivation.pullback(candidate * step.recurrent, at: step.sums[1])
    let recurrent = Tensor(joiningChannels: [update, reset, candidate * step.reset])
    let before = arriving * step.update + (try weights.recurrent.pullback(recurrent, input: state.shape))
    return (Tensor(joiningChannels: [update, reset, candidate]), [before])
  }

  /// The same cell with other weights and biases.
  ///
  /// - Throws: `GeometryError` when the new arrays have other shapes.
  public func replacingParameters(
    with new: (Tensor) -> Tensor
  ) throws(GeometryError) -> any RecurrentCell {
    ResetAfterCell(
      try weights.replacingParameters(with: new), activation: activation, gateActivation: gateActivation)
  }
}
