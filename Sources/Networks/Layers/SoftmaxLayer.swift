import TensorCore

/// The softmax over the channels of every position.
public struct SoftmaxLayer: Layer {
  /// Creates a softmax layer.
  public init() {}

  /// The kind of layer.
  public var role: LayerRole { .softmax }

  /// The shape of the input.
  public func outputShape(for inputs: [Shape]) -> Shape { inputs[0] }

  /// The probabilities.
  public func forward(_ inputs: [Tensor]) -> Tensor { Softmax.callAsFunction(inputs[0]) }

  /// The cotangent of the logits.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    [Softmax.pullback(cotangent, at: site.inputs[0])]
  }
}
