import Networks
import TensorCore

/// The straight line between two inputs.
struct StraightPath {
  private let start: [Double]
  private let shape: Shape

  /// The end minus the start, element by element.
  let difference: [Double]

  init(from start: Tensor, to end: Tensor) {
    shape = end.shape
    self.start = start.values.map(Double.init)
    difference = zip(end.values, start.values).map { Double($0) - Double($1) }
  }

  /// The weighted sum of the gradient at points of the line.
  ///
  /// Points are run in batches whose size depends on the model alone, so that memory does not grow with their number and the result
  /// does not depend on anything else.
  func integrateGradient(
    of target: Target, _ model: Model, over nodes: [PathRule.Node]
  ) throws(ExplanationError) -> [Double] {
    var sums = [Double](repeating: 0, count: difference.count)
    let size = model.streamingBatch
    for first in stride(from: 0, to: nodes.count, by: size) {
      let part = nodes[first..<min(first + size, nodes.count)]
      let points = points(at: part.map(\.position))
      let gradient = try running { () throws(ModelError) in
        try model.backward(from: target, at: points).gradient
      }
      gradient.withValues { values in
        for (offset, node) in part.enumerated() {
          for index in sums.indices {
            sums[index] += node.weight * Double(values[offset * sums.count + index])
          }
        }
      }
    }
    return sums
  }

  private func points(at positions: [Double]) -> Tensor {
    Tensor(shape.with(batch: positions.count)) { target in
      for (offset, position) in positions.enumerated() {
        for index in start.indices {
          target.initializeElement(
            at: offset * start.count + index, to: Float(start[index] + position * difference[index]))
        }
      }
    }
  }
}

extension Model {
  /// How many items are run at once when many pass through the model one after the other.
  ///
  /// As many as keep the values of a forward and a backward pass within 64 MiB, at least one and at most 64.
  package var streamingBatch: Int { min(max((64 << 20) / max(2 * activationBytes, 1), 1), 64) }
}
