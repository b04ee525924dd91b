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
  /// Points are run in batches that depend on the model and their number alone, so that memory does not grow with that number and the
  /// result does not depend on anything else.
  ///
  /// - Parameters:
  ///   - target: The class to score.
  ///   - model: The model.
  ///   - nodes: The points and their weights.
  ///   - areMany: Whether the points are so many that a gradient which errs at one of them hardly matters.
  /// - Returns: One number for every element of the input.
  /// - Throws: `ExplanationError` when the model cannot be run.
  func integrateGradient(
    of target: Target, _ model: Model, over nodes: [PathRule.Node], areMany: Bool = false
  ) throws(ExplanationError) -> [Double] {
    let batches = model.streamed(nodes.count)
    var sums = [Double](repeating: 0, count: difference.count)
    do throws(ModelError) {
      try Threads.stream(batches.count) { (batch) throws(ModelError) in
        try weightedGradient(of: target, model, at: nodes[batches[batch]], areMany)
      } into: { part in
        for index in sums.indices { sums[index] += part[index] }
      }
    } catch {
      throw .model(error)
    }
    return sums
  }

  /// The weighted sum of the gradient at points that are run as one batch.
  private func weightedGradient(
    of target: Target, _ model: Model, at nodes: ArraySlice<PathRule.Node>, _ areMany: Bool
  ) throws(ModelError) -> [Double] {
    let points = points(at: nodes.map(\.position))
    let gradient =
      areMany
      ? try model.backwardOfSummand(from: target, at: points).gradients[0]
      : try model.backward(from: target, at: points).gradient
    var sums = [Double](repeating: 0, count: difference.count)
    gradient.withValues { values in
      for (offset, node) in nodes.enumerated() {
        let first = offset * sums.count
        for index in sums.indices { sums[index] += node.weight * Double(values[first + index]) }
      }
    }
    return sums
  }

  /// Points of the line, a batch of them.
  func points(at positions: [Double]) -> Tensor {
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
