import TensorCore

/// The axes of an item in another order.
public struct PermutationLayer: Layer {
  /// For every axis of the output, the batch axis among them, the axis of the input that it is; it starts with zero.
  public let order: [Int]
  private let inverse: [Int]

  /// Creates a permutation from the input's axis that every axis of the output is; the batch axis stays the first.
  public init(order: [Int]) {
    precondition(
      order.sorted() == Array(order.indices) && order.first == 0, "\(order) is not an order of an item's axes"
    )
    self.order = order
    inverse = order.indices.sorted { order[$0] < order[$1] }
  }

  /// The order that puts one axis behind all others.
  ///
  /// - Parameters:
  ///   - axis: The axis, not the batch axis.
  ///   - rank: The number of axes.
  /// - Returns: The permutation.
  public static func last(_ axis: Int, of rank: Int) -> PermutationLayer {
    PermutationLayer(order: (0..<rank).filter { $0 != axis } + [axis])
  }

  /// The order that undoes this one.
  public var inverted: PermutationLayer { PermutationLayer(order: inverse) }

  /// Whether the elements of an item stay in the same order, because all axes but those of extent one do.
  public func keepsElements(of shape: Shape) -> Bool {
    let moving = order.filter { $0 > 0 && shape[$0] != 1 }
    return moving == moving.sorted()
  }

  /// The kind of layer.
  public var role: LayerRole { .routing }

  /// The permuted shape.
  ///
  /// - Throws: `GeometryError` when the input has another number of axes.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    guard inputs[0].rank == order.count else {
      throw .parameterOutOfRange(
        name: "number of axes", value: inputs[0].rank, least: order.count, most: order.count)
    }
    return Shape(order.map { inputs[0][$0] })
  }

  /// The permuted input.
  public func forward(_ inputs: [Tensor]) -> Tensor { inputs[0].permuted(order) }

  /// The cotangent in the input's order.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] { [cotangent.permuted(inverse)] }
}
