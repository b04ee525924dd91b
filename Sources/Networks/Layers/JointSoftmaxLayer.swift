import TensorCore

/// The softmax over several axes at once.
public struct JointSoftmaxLayer: Layer {
  /// The axes whose elements share a sum, ascending; the batch axis is not one of them.
  public let axes: [Int]

  /// Creates a softmax over several axes of an item.
  public init(axes: [Int]) { self.axes = axes.sorted() }

  /// The kind of layer.
  public var role: LayerRole { .softmax }

  /// The shape of the input.
  ///
  /// - Throws: `GeometryError` when the input does not have the axes.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    for axis in axes where axis < 1 || axis >= inputs[0].rank {
      throw .parameterOutOfRange(name: "softmax axis", value: axis, least: 1, most: inputs[0].rank - 1)
    }
    return inputs[0]
  }

  /// The probabilities.
  public func forward(_ inputs: [Tensor]) -> Tensor {
    let order = order(of: inputs[0].shape)
    return putBack(Softmax.callAsFunction(rows(of: inputs[0], order)), order, inputs[0].shape)
  }

  /// The cotangent of the logits.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    let logits = site.inputs[0]
    let order = order(of: logits.shape)
    let pulled = Softmax.pullback(rows(of: cotangent, order), at: rows(of: logits, order))
    return [putBack(pulled, order, logits.shape)]
  }

  private func order(of shape: Shape) -> PermutationLayer {
    PermutationLayer(order: shape.extents.indices.filter { !axes.contains($0) } + axes)
  }

  private func rows(of tensor: Tensor, _ order: PermutationLayer) -> Tensor {
    let length = axes.reduce(1) { $0 * tensor.shape[$1] }
    return tensor.permuted(order.order).reshaped(to: [tensor.count / max(length, 1), length])
  }

  private func putBack(_ rows: Tensor, _ order: PermutationLayer, _ shape: Shape) -> Tensor {
    rows.reshaped(to: Shape(order.order.map { shape[$0] })).permuted(order.inverted.order)
  }
}
