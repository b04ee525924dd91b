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

extension Tensor {
  /// The tensor with other elements in place of its trained numbers.
  ///
  /// Where axes share trained numbers, there are fewer of them than elements: equal elements are one number then, and stay equal.
  ///
  /// - Parameters:
  ///   - count: The number of trained numbers.
  ///   - new: The array that takes the place of an array of trained numbers.
  /// - Returns: A tensor of the same shape.
  func replacingParameters(_ count: Int, with new: (Tensor) -> Tensor) -> Tensor {
    guard count < self.count else { return new(self) }
    var places: [Float: Int] = [:]
    var numbers: [Float] = []
    for value in values where places[value] == nil {
      places[value] = numbers.count
      numbers.append(value)
    }
    let replaced = new(Tensor([numbers.count], numbers)).values
    return Tensor(shape, values.map { replaced[places[$0] ?? 0] })
  }
}
