import TensorCore

/// A normalisation of every item by its own statistics, over chosen axes or within groups of channels.
///
/// The elements that share their statistics are brought next to each other, normalised as one row, and put back.
public struct StatisticalNormalizationLayer: Layer {
  /// Which elements share their statistics.
  public enum Scope: Sendable, Hashable {
    /// All that differ in the indices of these axes only; the batch axis is not one of them.
    case axes([Int])
    /// All positions of equal runs of the channels, this many runs.
    case groups(Int)
  }

  /// Which statistic the elements are divided by.
  public let normalization: RowNormalization
  /// Which elements share their statistics.
  public let scope: Scope

  /// Creates a normalisation from a statistic and the elements that share it.
  public init(_ normalization: RowNormalization, over scope: Scope) {
    self.normalization = normalization
    self.scope = scope
  }

  /// The kind of layer.
  public var role: LayerRole { .normalization }

  /// The shape of the input.
  ///
  /// - Throws: `GeometryError` when the input does not have the axes, or its channels do not divide into the groups.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    switch scope {
    case .axes(let axes):
      for axis in axes where axis < 1 || axis >= inputs[0].rank {
        throw .parameterOutOfRange(
          name: "normalised axis", value: axis, least: 1, most: inputs[0].rank - 1)
      }
    case .groups(let groups):
      guard groups > 0, inputs[0].channels % groups == 0 else {
        throw .groupMismatch(channels: inputs[0].channels, groups: groups)
      }
    }
    return inputs[0]
  }

  /// The normalised input.
  public func forward(_ inputs: [Tensor]) -> Tensor {
    let rows = Rows(of: inputs[0].shape, scope)
    return rows.putBack(normalization(rows.lined(up: inputs[0]), rows: rows.length))
  }

  /// The cotangent of the input.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    let rows = Rows(of: site.inputs[0].shape, scope)
    let pulled = normalization.pullback(
      rows.lined(up: cotangent), at: rows.lined(up: site.inputs[0]), rows: rows.length)
    return [rows.putBack(pulled)]
  }
}

/// The order in which elements that share their statistics lie next to each other.
private struct Rows {
  let shape: Shape
  let divided: Shape
  let order: PermutationLayer
  let length: Int

  init(of shape: Shape, _ scope: StatisticalNormalizationLayer.Scope) {
    self.shape = shape
    switch scope {
    case .axes(let axes):
      divided = shape
      let kept = shape.extents.indices.filter { !axes.contains($0) }
      order = PermutationLayer(order: kept + axes.sorted())
      length = axes.reduce(1) { $0 * shape[$1] }
    case .groups(let groups):
      divided = [shape.batch, shape.positions, groups, shape.channels / groups]
      order = PermutationLayer(order: [0, 2, 1, 3])
      length = shape.positions * shape.channels / groups
    }
  }

  func lined(up tensor: Tensor) -> Tensor { tensor.reshaped(to: divided).permuted(order.order) }

  func putBack(_ tensor: Tensor) -> Tensor { tensor.permuted(order.inverted.order).reshaped(to: shape) }
}
