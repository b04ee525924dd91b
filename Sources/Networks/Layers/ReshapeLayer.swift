import TensorCore

/// The elements of every item in the same order under another shape.
public struct ReshapeLayer: Layer {
  /// The extents behind the batch axis; one of them may be -1 and is then what the others leave.
  public let target: [Int]

  /// Creates a layer that gives its items another shape.
  ///
  /// - Parameter target: The extents behind the batch axis, positive but for at most one that is -1.
  public init(to target: [Int]) { self.target = target }

  /// The kind of layer.
  public var role: LayerRole { .routing }

  /// The batch axis and the new extents.
  ///
  /// - Throws: `GeometryError` when the items have another number of elements.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    let count = inputs[0].itemCount
    let known = target.filter { $0 != -1 }
    guard !target.isEmpty, known.allSatisfy({ $0 > 0 }), target.count - known.count <= 1,
      let product = Shape(known).countWithoutOverflow,
      known.count == target.count ? product == count : count % product == 0 && count > 0
    else { throw .cannotReshape(from: inputs[0], to: target) }
    return Shape([inputs[0].batch] + target.map { $0 == -1 ? count / product : $0 })
  }

  /// The same elements under the new shape.
  ///
  /// - Throws: `GeometryError` when the items have another number of elements.
  public func forward(_ inputs: [Tensor]) throws(GeometryError) -> Tensor {
    inputs[0].reshaped(to: try outputShape(for: [inputs[0].shape]))
  }

  /// The same cotangents under the input's shape.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    [cotangent.reshaped(to: site.inputs[0].shape)]
  }
}
