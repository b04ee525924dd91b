import Networks
import TensorCore

/// Which nodes hold a Keras value with one of its axes moved behind the others, and the permutations made for it so far.
struct AxisMoves {
  /// One permutation of a node's value: where an axis of the Keras value is, or `nil` for the file's order.
  struct Permuted: Hashable {
    let node: Model.Node.ID
    let axis: Int?
  }

  private var axes: [Model.Node.ID: Int] = [:]
  private var made: [Permuted: Model.Node.ID] = [:]

  /// The axis of a node's Keras value that is its last one, or `nil` when the axes are in the file's order.
  subscript(node: Model.Node.ID) -> Int? {
    get { axes[node] }
    set { axes[node] = newValue }
  }

  /// The node that holds the value of another one permuted, when there is one.
  func node(_ permuted: Permuted) -> Model.Node.ID? {
    axes[permuted.node] == permuted.axis ? permuted.node : made[permuted]
  }

  /// Notes the node that holds the value of another one permuted.
  mutating func note(_ id: Model.Node.ID, as permuted: Permuted) {
    made[permuted] = id
    axes[id] = permuted.axis
  }
}
