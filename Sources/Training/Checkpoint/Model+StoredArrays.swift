import Networks
import TensorCore

extension Model {
  /// The nodes with numbers that training may have changed or that it was started with; of a layer that is used several times the first use.
  var storedNodes: [Node.ID] {
    nodes.indices.filter {
      !nodes[$0].isShared && nodes[$0].parameterCount > 0 && nodes[$0].layer is any TrainedLayer
    }
  }

  /// All numbers of a node: trained ones, then the moving statistics of a batch normalisation.
  func storedArrays(of id: Node.ID) -> [Tensor] {
    var arrays: [Tensor] = []
    if let layer = nodes[id].layer as? any TrainedLayer {
      // Replacing arrays by themselves cannot fail; what counts is which are asked for.
      _ = try? layer.replacingParameters {
        arrays.append($0)
        return $0
      }
    }
    if let batch = (nodes[id].layer as? NormalizationLayer)?.batchNormalization {
      arrays += [batch.mean, batch.variance].map { Tensor([$0.count], $0) }
    }
    return arrays
  }

  /// The layer of a node with other numbers.
  ///
  /// - Parameters:
  ///   - id: The node.
  ///   - arrays: The arrays that take the place of `storedArrays(of:)`, of the same shapes.
  /// - Returns: The layer.
  func layer(_ id: Node.ID, with arrays: [Tensor]) -> any Layer {
    var rest = arrays[...]
    var layer = nodes[id].layer
    if let trained = layer as? any TrainedLayer {
      do {
        layer = try trained.replacingParameters { rest.popFirst() ?? $0 }
      } catch {
        preconditionFailure("numbers of other shapes were put into '\(nodes[id].name)': \(error)")
      }
    }
    guard var batch = (layer as? NormalizationLayer)?.batchNormalization, rest.count == 2,
      let mean = rest.popFirst(), let variance = rest.popFirst()
    else { return layer }
    batch.mean = mean.values
    batch.variance = variance.values
    return NormalizationLayer(batch)
  }
}
