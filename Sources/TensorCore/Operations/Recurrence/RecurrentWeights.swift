/// The two linear maps of a recurrent cell: from the input and from the state to the gates, which lie side by side as channels.
///
/// Without spatial axes in their windows they are matrices; with them the cell is convolutional, and the recurrent map must keep the
/// extents.
public struct RecurrentWeights: Sendable {
  /// From the input, with the bias: `[kernel..., input channels, gates * units]`.
  public let input: Convolution
  /// From the state: `[kernel..., units, gates * units]`.
  public let recurrent: Convolution
  /// The channels of a state.
  public let units: Int

  /// Creates the weights of a cell.
  ///
  /// - Parameters:
  ///   - input: The map from the input.
  ///   - recurrent: The map from the state.
  ///   - gates: The number of gates.
  /// - Throws: `GeometryError` when they do not fit each other.
  public init(input: Convolution, recurrent: Convolution, gates: Int) throws(GeometryError) {
    units = recurrent.inputChannels
    for map in [input, recurrent] where map.outputChannels != gates * units {
      throw .channelMismatch(expected: gates * units, found: map.outputChannels)
    }
    self.input = input
    self.recurrent = recurrent
  }

  /// The number of weights and biases.
  var parameterCount: Int {
    [input, recurrent].reduce(0) { $0 + $1.weights.count + ($1.bias?.count ?? 0) }
  }

  /// The same maps with other weights and biases; their arrays in the order input, recurrent, the weights of each before its bias.
  func replacingParameters(with new: (Tensor) -> Tensor) throws(GeometryError) -> RecurrentWeights {
    let gates = input.outputChannels / max(units, 1)
    let input = input.replacing(weights: new(self.input.weights), bias: self.input.bias.map(new))
    let recurrent = recurrent.replacing(
      weights: new(self.recurrent.weights), bias: self.recurrent.bias.map(new))
    return try RecurrentWeights(input: input, recurrent: recurrent, gates: gates)
  }

  /// The shape of one state for the projection of one step.
  func stateShape(for projection: Shape) -> Shape { projection.with(channels: units) }
}

/// A cell whose projection is one linear map of its input.
protocol WeightedCell: RecurrentCell {
  /// Its linear maps.
  var weights: RecurrentWeights { get }
}

extension WeightedCell {
  /// The number of weights and biases.
  public var parameterCount: Int { weights.parameterCount }

  /// The shape of the projection of inputs.
  ///
  /// - Throws: `GeometryError` when the inputs do not fit.
  public func projectionShape(for input: Shape) throws(GeometryError) -> Shape {
    try weights.input.outputShape(for: input)
  }

  /// The map from the input.
  ///
  /// - Throws: `GeometryError` when the inputs do not fit.
  public func projection(of input: Tensor) throws(GeometryError) -> Tensor { try weights.input(input) }

  /// The cotangent of inputs for the cotangent of their projection.
  ///
  /// - Throws: `GeometryError` when the inputs do not fit.
  public func projectionPullback(_ cotangent: Tensor, input: Shape) throws(GeometryError) -> Tensor {
    try weights.input.pullback(cotangent, input: input)
  }

  /// One state of the projection's extents.
  public func stateShapes(for projection: Shape) -> [Shape] { [weights.stateShape(for: projection)] }
}
