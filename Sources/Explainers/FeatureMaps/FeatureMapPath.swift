import Networks
import TensorCore

/// The feature maps of layers along a straight path between two inputs.
struct FeatureMapPath {
  let path: StraightPath
  /// The layers' nodes.
  let nodes: [Model.Node.ID]
  /// Whether the map of every point is rectified before it is added.
  let isRectified: Bool

  /// The weighted sum over points of the path of the Grad-CAM maps there.
  ///
  /// Points are run in batches whose size depends on the model alone.
  ///
  /// - Parameters:
  ///   - target: The class, and the space of the score.
  ///   - model: The model.
  ///   - points: The points and their weights.
  ///   - references: For every layer the feature maps that those of a point are compared with.
  /// - Returns: For every layer one number per position.
  /// - Throws: `ModelError` when a score is not a number.
  func integrate(
    _ target: Target, _ model: Model, over points: [PathRule.Node], against references: [Tensor]
  ) throws(ModelError) -> [[Double]] {
    let batches = model.streamed(points.count)
    var sums = references.map { [Double](repeating: 0, count: $0.shape.positions) }
    try Threads.stream(batches.count) { (batch) throws(ModelError) in
      let points = points[batches[batch]]
      let pass = try model.backward(from: target, at: path.points(at: points.map(\.position)), to: nodes)
      return references.indices.map { layer in
        weightedSum(
          of: pass.values[layer], pass.gradients[layer], against: references[layer],
          weights: points.map(\.weight))
      }
    } into: { part in
      for layer in part.indices {
        for index in part[layer].indices { sums[layer][index] += part[layer][index] }
      }
    }
    return sums
  }

  /// The weighted sum of the maps of a batch of points at one layer.
  private func weightedSum(
    of maps: Tensor, _ gradients: Tensor, against reference: Tensor, weights: [Double]
  ) -> [Double] {
    let channels = maps.shape.channels
    var sums = [Double](repeating: 0, count: maps.shape.positions)
    let means = gradients.meanOverPositions()
    maps.withValues { maps in
      means.withValues { means in
        reference.withValues { reference in
          for (item, weight) in weights.enumerated() {
            for position in sums.indices {
              var sum = 0.0
              for channel in 0..<channels {
                let index = position * channels + channel
                let delta = Double(maps[item * reference.count + index]) - Double(reference[index])
                sum += Double(means[item * channels + channel]) * delta
              }
              sums[position] += weight * (isRectified ? max(sum, 0) : sum)
            }
          }
        }
      }
    }
    return sums
  }
}
