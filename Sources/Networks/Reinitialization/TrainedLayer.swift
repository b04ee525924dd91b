import TensorCore

/// A layer with trained numbers, which can be replaced.
public protocol TrainedLayer: Layer {
  /// The same layer with other trained numbers.
  ///
  /// - Parameter new: The array that takes the place of an array of trained numbers, of the same shape. It is called once for every array,
  ///   in an order that depends on the kind of layer alone: weights come before their bias.
  /// - Returns: A layer for inputs of the same shapes.
  /// - Throws: `GeometryError` when the new arrays have other shapes.
  func replacingParameters(with new: (Tensor) -> Tensor) throws(GeometryError) -> any Layer
}

extension Convolution {
  /// The same convolution with other weights and another bias.
  func replacingParameters(with new: (Tensor) -> Tensor) -> Convolution {
    let weights = new(weights)
    return replacing(weights: weights, bias: bias.map(new))
  }
}

extension Recurrence {
  /// The same recurrence with other trained numbers.
  func replacingParameters(with new: (Tensor) -> Tensor) throws(GeometryError) -> Recurrence {
    Recurrence(
      try cell.replacingParameters(with: new), isReversed: isReversed, returnsSequence: returnsSequence,
      maskedOutput: maskedOutput)
  }
}
