/// The long short-term memory with a forget gate.
///
/// Hochreiter and Schmidhuber, Neural Computation 1997; Gers, Schmidhuber and Cummins, Neural Computation 2000:
///
///     i, f, c~, o = the four runs of x W + b + h U
///     c' = gate(f) * c + gate(i) * activation(c~)
///     h' = gate(o) * activation(c')
///
/// The states are h and c. With convolutional weights it is the cell of Shi et al., NIPS 2015.
public struct LongShortTermMemoryCell: WeightedCell {
  package let weights: RecurrentWeights
  /// The function of the candidate and of the memory.
  public let activation: Activation
  /// The function of the gates.
  public let gateActivation: Activation

  /// Creates a cell.
  ///
  /// - Parameters:
  ///   - weights: Its two maps, of four gates: input, forget, candidate, output.
  ///   - activation: The function of the candidate and of the memory.
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
    /// The sums before the functions: input, forget, candidate, output.
    var sums: [Tensor]
    var gates: [Tensor]
    var memory: Tensor
    var squashed: Tensor
  }

  private func run(_ projection: Tensor, _ states: [Tensor]) throws(GeometryError) -> Step {
    let sums = (projection + (try weights.recurrent(states[0]))).channelRuns(4)
    let gates = sums.enumerated().map { $0 == 2 ? activation($1) : gateActivation($1) }
    let memory = gates[1] * states[1] + gates[0] * gates[2]
    return Step(sums: sums, gates: gates, memory: memory, squashed: activation(memory))
  }

  /// Two states of the projection's extents: output and memory.
  public func stateShapes(for projection: Shape) -> [Shape] {
    let state = weights.stateShape(for: projection)
    return [state, state]
  }

  /// The states after a step.
  ///
  /// - Throws: `GeometryError` when projection and states do not fit.
  public func step(_ projection: Tensor, _ states: [Tensor]) throws(GeometryError) -> [Tensor] {
    let step = try run(projection, states)
    return [step.gates[3] * step.squashed, step.memory]
  }

  /// The cotangents of a step's projection and of the states before it.
  ///
  /// - Throws: `GeometryError` when projection and states do not fit.
  public func pullback(
    _ cotangents: [Tensor], at projection: Tensor, _ states: [Tensor]
  ) throws(GeometryError) -> (projection: Tensor, states: [Tensor]) {
    let step = try run(projection, states)
    let memory = cotangents[1] + activation.pullback(cotangents[0] * step.gates[3], at: step.memory)
    let sums = Tensor(joiningChannels: [
      gateActivation.pullback(memory * step.gates[2], at: step.sums[0]),
      gateActivation.pullback(memory * states[1], at: step.sums[1]),
      activation.pullback(memory * step.gates[0], at: step.sums[2]),
      gateActivation.pullback(cotangents[0] * step.squashed, at: step.sums[3]),
    ])
    let output = try weights.recurrent.pullback(sums, input: states[0].shape)
    return (sums, [output, memory * step.gates[1]])
  }

  /// The same cell with other weights and biases.
  ///
  /// - Throws: `GeometryError` when the new arrays have other shapes.
  public func replacingParameters(
    with new: (Tensor) -> Tensor
  ) throws(GeometryError) -> any RecurrentCell {
    LongShortTermMemoryCell(
      try weights.replacingParameters(with: new), activation: activation, gateActivation: gateActivation)
  }
}
