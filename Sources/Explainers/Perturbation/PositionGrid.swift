import Networks
import TensorCore

/// The positions of an input that can be hidden, each with all its channels.
///
/// They are the spatial positions of the input, or of what reshapings alone make of it before anything else reads it. An input without
/// spatial axes has one position for every feature.
package struct PositionGrid: Sendable, Equatable {
  /// The extents of the grid, outermost first; at least one.
  package let extents: [Int]
  /// The values at every position.
  package let channels: Int
  /// The shape of the input, `[1, spatial..., channels]`.
  package let inputShape: Shape

  /// The number of positions.
  package var count: Int { extents.reduce(1, *) }

  /// The input's elements under the axes of the grid.
  package var shape: Shape { Shape(batch: 1, spatial: extents, channels: channels) }

  /// The grid of an input that nothing reshapes.
  init(of shape: Shape) { self.init(of: shape, seenAs: shape) }

  /// The grid of an input that reshapings give another shape.
  init(of shape: Shape, seenAs seen: Shape) {
    inputShape = shape
    extents = seen.spatial.isEmpty ? [seen.channels] : seen.spatial
    channels = seen.spatial.isEmpty ? 1 : seen.channels
  }

  /// A map of the input's extents from one value for every position.
  ///
  /// - Parameter values: As many numbers as there are positions.
  /// - Returns: `[1, spatial..., 1]`, or a map of the input's shape where its own axes are not those of the grid.
  package func map(_ values: [Double]) -> Tensor {
    let values = values.map { Float($0) }
    if inputShape.spatial == extents { return Tensor(inputShape.with(channels: 1), values) }
    return Tensor(inputShape, values.flatMap { Array(repeating: $0, count: channels) })
  }
}

extension Model {
  /// The positions of an input that can be hidden.
  package var positionGrid: PositionGrid {
    var node = inputs[0]
    while true {
      let readers = readers(of: node)
      guard readers.count == 1, nodes[readers[0]].layer is ReshapeLayer else { break }
      node = readers[0]
    }
    return PositionGrid(of: inputShape, seenAs: nodes[node].shape)
  }
}
