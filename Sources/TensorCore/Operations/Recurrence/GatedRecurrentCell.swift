/// The gated recurrent unit whose reset gate acts on the state before the recurrent product.
///
/// Cho et al., EMNLP 2014:
///
///     z, r = gate(the first two runs of x W + b + h U)
///     c = activation(the third run of x W + b, plus (r * h) U)
///     h' = z * h + (1 - z) * c
public struct GatedRecurrentCell: WeightedCell {
  package let weights: RecurrentWeights
  /// The function of the candidate.
  public let activation: Activation
  /// The function of the gates.
  public let gateActivation: Activation
  private let gates: Convolution
  private let candidate: Convolution

  /// Creates a cell.
  ///
  /// - Parameters:
  ///   - weights: Its two maps, of three gates: update, reset, candidate. The map from the state has no bias.
  ///   - activation: The function of the candidate.
  ///   - gateActivation: The function of the gates.
  /// - Throws: `GeometryError` when the recurrent weights do not divide into gates.
  public init(
    _ weights: RecurrentWeights, activation: Activation = .tanh, gateActivation: Activation = .sigmoid
  ) throws(GeometryError) {
    self.weights = weights
    self.activation = activation
    self.gateActivation = gateActivation
    let (units, kernel) = (weights.units, weights.recurrent.weights)
    gates = try Convolution(weights: kernel.channels(0..<(2 * units)), window: weights.recurrent.window)
    candidate = try Convolution(
      weights: kernel.channels((2 * units)..<(3 * units)), window: weights.recurrent.window)
  }

  /// What one step computes on its way.
  private struct Step {
    var updateSum: Tensor
    var resetSum: Tensor
    var candidateSum: Tensor
    var update: Tensor
    var reset: Tensor
    var candidate: Tensor
  }

  private func run(_ projection: Tensor, _ state: Tensor) throws(GeometryError) -> Step {
    let units = weights.units
    let sums = (projection.channels(0..<(2 * units)) + (try gates(state))).channelRuns(2)
    let reset = gateActivation(sums[1])
    let sum = projection.channels((2 * units)..<(3 * units)) + (try candidate(reset * state))
    return Step(
      updateSum: sums[0], resetSum: sums[1], candidateSum: sum, update: gateActivation(sums[0]), reset: reset,
      candidate: activation(sum))
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
    let sum = activation.pullback(arriving * step.update.map { 1 - $0 }, at: step.candidateSum)
    let resetState = try candidate.pullback(sum, input: state.shape)
    let gateSums = Tensor(joiningChannels: [
      gateActivation.pullback(arriving * (state - step.candidate), at: step.updateSum),
      gateActivation.pullback(resetState * state, at: step.resetSum),
    ])
    let before =
      arriving * step.update + resetState * step.reset + (try gates.pullback(gateSums, input: state.shape))
    return (Tensor(joiningChannels: [gateSums, sum]), [before])
  }

  /// The same cell with other weights and biases.
  ///
  /// - Throws: `GeometryError` when the new arrays have other shapes.
  public func replacingParameters(
    with new: (Tensor) -> Tensor
  ) throws(GeometryError) -> any RecurrentCell {
    try GatedRecurrentCell(
      try weights.replacingParameters(with: new), activation: activation, gateActivation: gateActivation)
  }
}
