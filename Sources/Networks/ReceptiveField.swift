import TensorCore

/// The part of an input that one position of a node's value depends on.
public struct ReceptiveField: Sendable, Equatable {
  /// The part along one spatial axis of the input.
  public enum Axis: Sendable, Equatable {
    /// A window of `size` cells, which may reach beyond the border; neighbouring positions see it `stride` cells apart (a fraction behind
    /// upsampling).
    case window(size: Int, stride: Double)
    /// Every cell: the positions along the axis were pooled, flattened or mixed.
    case all
  }

  /// One part for every spatial axis of the input, outermost first.
  public let axes: [Axis]

  /// Creates a field from its part along every spatial axis of the input.
  public init(_ axes: [Axis]) { self.axes = axes }
}

extension Model {
  /// For every node the part of an input that one position of its value depends on, or `nil` where it does not depend on the input.
  ///
  /// Fields are those of the geometry: sizes count cells of padding, and weights that happen to be zero do not make them smaller. Where
  /// branches meet, the field is the window that holds those of all branches.
  ///
  ///     size += (kernel - 1) * dilation * stride,  stride *= stride of the layer
  ///
  /// - Parameter input: The position among `inputs`.
  /// - Returns: One field for every node. Cost: one walk over the nodes, without running the model.
  public func receptiveFields(ofInput input: Int = 0) -> [ReceptiveField?] {
    let source = inputs[input]
    var views: [InputView?] = []
    for (id, node) in nodes.enumerated() {
      if id == source {
        views.append(InputView(of: node.shape))
      } else {
        let seen = node.inputs.map { views[$0] }
        views.append(
          seen.contains { $0 != nil }
            ? InputView(through: node, seen, of: node.inputs.map { nodes[$0].shape }) : nil)
      }
    }
    return views.map { $0.map { ReceptiveField($0.spatial.map(\.field)) } }
  }
}

/// How the positions of a value see the cells of an input, axis by axis.
struct InputView {
  /// How positions see one axis of the input.
  enum Track {
    /// Position `p` along the value's axis sees `size` cells around `p * stride + centre`.
    case window(axis: Int, size: Double, stride: Double, centre: Double)
    /// Every position sees every cell.
    case all

    /// What of it is told to others.
    var field: ReceptiveField.Axis {
      guard case .window(_, let size, let stride, _) = self else { return .all }
      return .window(size: Int(size.rounded(.up)), stride: stride)
    }

    /// The axis of the value that runs along the axis of the input.
    var axis: Int? {
      guard case .window(let axis, _, _, _) = self else { return nil }
      return axis
    }
  }

  /// One track for every spatial axis of the input.
  var spatial: [Track]

  /// The input as it sees itself.
  init(of shape: Shape) {
    spatial = shape.spatial.indices.map { .window(axis: $0 + 1, size: 1, stride: 1, centre: 0) }
  }

  /// The view with every window put through a function.
  func mapped(_ body: (_ axis: Int, _ size: Double, _ stride: Double, _ centre: Double) -> Track) -> InputView
  {
    var result = self
    for (index, track) in spatial.enumerated() {
      if case .window(let axis, let size, let stride, let centre) = track {
        result.spatial[index] = body(axis, size, stride, centre)
      }
    }
    return result
  }

  /// The view when positions along some axes of the value have been mixed.
  func mixing(_ axes: some Collection<Int>) -> InputView {
    mapped { axes.contains($0) ? .all : .window(axis: $0, size: $1, stride: $2, centre: $3) }
  }

  /// The view behind windows over the spatial axes of the value.
  ///
  /// - Parameter taps: For every axis the cells that a position sees, where their middle lies for position 0, and how far the next ones are.
  /// - Returns: The view.
  func sliding(_ taps: [(span: Double, offset: Double, step: Double)]) -> InputView {
    mapped { axis, size, stride, centre in
      guard taps.indices.contains(axis - 1) else {
        return .window(axis: axis, size: size, stride: stride, centre: centre)
      }
      let tap = taps[axis - 1]
      return .window(
        axis: axis, size: size + (tap.span - 1) * stride, stride: stride * tap.step,
        centre: centre + tap.offset * stride)
    }
  }

  /// The smallest view that holds several, whose values have the same axes.
  init?(joining views: [InputView?]) {
    let known = views.compactMap { $0 }
    guard var joined = known.first else { return nil }
    for other in known.dropFirst() {
      for (index, track) in other.spatial.enumerated() {
        guard case .window(let axis, let size, let stride, let centre) = joined.spatial[index],
          case .window(let otherAxis, let otherSize, let otherStride, let otherCentre) = track,
          axis == otherAxis
        else {
          joined.spatial[index] = .all
          continue
        }
        let low = min(centre - (size - 1) / 2, otherCentre - (otherSize - 1) / 2)
        let high = max(centre + (size - 1) / 2, otherCentre + (otherSize - 1) / 2)
        joined.spatial[index] = .window(
          axis: axis, size: high - low + 1, stride: max(stride, otherStride), centre: (low + high) / 2)
      }
    }
    self = joined
  }
}
