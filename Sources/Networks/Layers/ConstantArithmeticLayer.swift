import TensorCore

/// An element-wise operation of the input with a constant that is broadcast to it.
public struct ConstantArithmeticLayer: Layer {
  /// The operation: any of `MergeLayer.Kind` but `average`.
  public let kind: MergeLayer.Kind
  /// The constant, with a batch axis of extent 1.
  public let constant: Tensor
  /// Whether the constant is the first operand: `1 - x` instead of `x - 1`.
  public let isFirst: Bool

  /// Creates an operation with a constant.
  ///
  /// - Parameters:
  ///   - kind: The operation.
  ///   - constant: The constant, with a batch axis of extent 1 and as many axes as the input.
  ///   - isFirst: Whether the constant is the first operand.
  public init(_ kind: MergeLayer.Kind, constant: Tensor, isFirst: Bool = false) {
    precondition(kind != .average, "the mean with a constant is no operation of its own")
    self.kind = kind
    self.constant = constant
    self.isFirst = isFirst
  }

  /// A scale and a shift, unless the constant bounds or is divided by its input.
  public var role: LayerRole {
    switch kind {
    case .maximum, .minimum: .activation
    case .divide where isFirst: .activation
    default: .normalization
    }
  }

  /// The shape of the input, broadcast with the constant.
  ///
  /// - Throws: `GeometryError` when the constant does not fit.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    guard inputs[0].rank == constant.shape.rank, constant.shape.batch == 1 else {
      throw .incompatibleShapes(operation: kind.result, shapes: [inputs[0], constant.shape])
    }
    return try merge.outputShape(for: ordered(inputs[0], constant.shape))
  }

  /// The operation at every element.
  public func forward(_ inputs: [Tensor]) -> Tensor { merge.forward(ordered(inputs[0], constant)) }

  /// The cotangent of the input.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    let operands = ordered(site.inputs[0], constant)
    return [merge.pullback(cotangent, at: Site(inputs: operands, output: site.output))[isFirst ? 1 : 0]]
  }

  private var merge: MergeLayer { MergeLayer(kind) }

  private func ordered<Value>(_ input: Value, _ constant: Value) -> [Value] {
    isFirst ? [constant, input] : [input, constant]
  }
}
