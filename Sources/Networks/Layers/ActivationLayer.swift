import TensorCore

/// An element-wise function as a layer.
public struct ActivationLayer: Layer {
  /// The function.
  public let activation: Activation

  /// Creates a layer from a function.
  public init(_ activation: Activation) { self.activation = activation }

  /// The kind of layer.
  public var role: LayerRole { .activation }

  /// The shape of the input.
  public func outputShape(for inputs: [Shape]) -> Shape { inputs[0] }

  /// The function at every element.
  public func forward(_ inputs: [Tensor]) -> Tensor { activation(inputs[0]) }

  /// The cotangent times the derivative at every element.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    [activation.pullback(cotangent, at: site.inputs[0])]
  }
}
