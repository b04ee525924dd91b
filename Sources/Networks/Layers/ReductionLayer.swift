import TensorCore

/// The mean or the sum over chosen axes of every item.
public struct ReductionLayer: Layer {
  /// What becomes of the elements along the axes.
  public enum Kind: String, Sendable {
    /// Their mean.
    case mean
    /// Their sum.
    case sum
  }

  /// What becomes of the elements along the axes.
  public let kind: Kind
  /// The axes, sorted, counted from the front with the batch axis as 0; each at least 1.
  public let axes: [Int]
  /// Whether the axes stay, with extent 1.
  public let keepsAxes: Bool

  /// Creates a reduction.
  ///
  /// - Parameters:
  ///   - kind: What becomes of the elements along the axes.
  ///   - axes: The axes, each at least 1.
  ///   - keepsAxes: Whether the axes stay, with extent 1.
  public init(_ kind: Kind, over axes: Set<Int>, keepsAxes: Bool) {
    precondition(axes.allSatisfy { $0 >= 1 }, "the items of a batch are not reduced to one")
    self.kind = kind
    self.axes = axes.sorted()
    self.keepsAxes = keepsAxes
  }

  /// A mean is a pooling with a window as large as its input.
  public var role: LayerRole { .averagePooling }

  /// The shape without the axes, or with extent 1 along them.
  ///
  /// - Throws: `GeometryError` when the input does not have these axes or nothing would be left of it.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    let input = inputs[0]
    guard axes.allSatisfy({ $0 < input.rank }), keepsAxes || axes.count < input.rank - 1 else {
      throw .incompatibleShapes(
        operation: "\(kind.rawValue) over the axes \(axes.map(String.init).joined(separator: ", "))",
        shapes: [input])
    }
    let kept = reduced(input)
    return keepsAxes ? kept : Shape(kept.extents.indices.filter { !axes.contains($0) }.map { kept[$0] })
  }

  /// The means or sums.
  ///
  /// - Throws: `GeometryError` when the input does not have these axes.
  public func forward(_ inputs: [Tensor]) throws(GeometryError) -> Tensor {
    let input = inputs[0]
    let sums = input.summed(to: reduced(input.shape)).reshaped(to: try outputShape(for: [input.shape]))
    return kind == .mean ? sums.map { $0 / count(of: input.shape) } : sums
  }

  /// The cotangent, spread over the axes.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    let input = site.inputs[0].shape
    let spread = cotangent.reshaped(to: reduced(input)).expanded(to: input)
    return [kind == .mean ? spread.map { $0 / count(of: input) } : spread]
  }

  private func reduced(_ shape: Shape) -> Shape {
    Shape(shape.extents.indices.map { axes.contains($0) ? 1 : shape[$0] })
  }

  private func count(of shape: Shape) -> Float { Float(axes.reduce(1) { $0 * shape[$1] }) }
}
