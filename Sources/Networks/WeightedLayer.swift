import TensorCore

/// A layer whose output is a linear map of its input by trained weights, plus a bias.
///
/// Methods that divide a layer's output among its inputs need the same map with other weights: their positive parts, their squares, ones.
public protocol WeightedLayer: Layer {
  /// The same map with every weight and every element of the bias replaced by a function of it.
  ///
  /// - Parameters:
  ///   - weight: The new weight for an old one.
  ///   - bias: The new element of the bias for an old one, or `nil` for no bias.
  /// - Returns: A layer for inputs of the same shapes.
  func replacing(
    weight: @Sendable (Float) -> Float, bias: (@Sendable (Float) -> Float)?
  ) -> any Layer
}

extension ConvolutionLayer: WeightedLayer {
  /// The same convolution with other weights.
  public func replacing(
    weight: @Sendable (Float) -> Float, bias: (@Sendable (Float) -> Float)?
  ) -> any Layer {
    ConvolutionLayer(
      convolution.replacing(
        weights: convolution.weights.map(weight), bias: bias.flatMap { convolution.bias?.map($0) }))
  }
}

extension TransposedConvolutionLayer: WeightedLayer {
  /// The same transposed convolution with other weights.
  public func replacing(
    weight: @Sendable (Float) -> Float, bias: (@Sendable (Float) -> Float)?
  ) -> any Layer {
    TransposedConvolutionLayer(
      operation.replacing(
        weights: operation.convolution.weights.map(weight), bias: bias.flatMap { operation.bias?.map($0) }))
  }
}

extension NormalizationLayer: WeightedLayer {
  /// The same scaling with other factors and summands.
  public func replacing(
    weight: @Sendable (Float) -> Float, bias: (@Sendable (Float) -> Float)?
  ) -> any Layer {
    let shift = bias.map { scaling.shift.map($0) } ?? scaling.shift.map { _ in 0 }
    return NormalizationLayer(
      ChannelScaling(scale: scaling.scale.map(weight), shift: shift), parameterCount: parameterCount)
  }
}

extension ElementScalingLayer: WeightedLayer {
  /// The same scaling with other factors and summands.
  public func replacing(
    weight: @Sendable (Float) -> Float, bias: (@Sendable (Float) -> Float)?
  ) -> any Layer {
    let shift = bias.map { scaling.shift.map($0) } ?? Tensor(scaling.shift.shape)
    return ElementScalingLayer(ElementScaling(scale: scaling.scale.map(weight), shift: shift))
  }
}
