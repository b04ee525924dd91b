import Synchronization
import TensorCore

/// A model with its batch normalisations merged, made when it is first asked for and kept.
final class CanonicalModel: Sendable {
  private let made = Mutex<Model?>(nil)

  /// The merged form of a model.
  func callAsFunction(of model: Model) -> Model {
    if let model = made.withLock({ $0 }) { return model }
    let merged = model.mergingNormalizations()
    made.withLock { $0 = merged }
    return merged
  }
}

extension Model {
  /// The same function with its batch normalisations merged into the convolutions and dense layers beside them, where that is exact.
  ///
  /// A normalisation behind a linear layer becomes part of its weights and bias; so does one before a linear layer that adds no zeros at
  /// the borders, or any when the normalisation shifts nothing. Only layers that do nothing at inference may lie between, before a dense
  /// layer also a flattening, and nothing else may read what lies between. A merged normalisation stays in the graph as an identity: names
  /// and indices of nodes are those of this model. Normalisations that cannot be merged stay as they are.
  public var withNormalizationsMerged: Model { canonical(of: self) }

  fileprivate func mergingNormalizations() -> Model {
    var merging = NormalizationMerging(model: self, nodes: nodes)
    let normalizations = nodes.indices.filter { nodes[$0].layer is NormalizationLayer }
    guard !normalizations.isEmpty else { return self }
    for id in normalizations { merging.mergeBackward(id) }
    for id in normalizations.reversed() { merging.mergeForward(id) }
    return Model(name: name, nodes: merging.nodes, inputs: inputs, outputs: outputs)
  }
}

/// The nodes of a model while its normalisations are merged.
private struct NormalizationMerging {
  let model: Model
  var nodes: [Model.Node]

  /// Merges a normalisation into the linear layer whose value it reads.
  mutating func mergeBackward(_ id: Model.Node.ID) {
    guard let scaling = (nodes[id].layer as? NormalizationLayer)?.scaling else { return }
    var source = nodes[id].inputs[0]
    while isReadOnce(source), nodes[source].layer.role == .identity { source = nodes[source].inputs[0] }
    guard isReadOnce(source) else { return }
    let merged: any Layer
    switch nodes[source].layer {
    case let layer as ConvolutionLayer:
      merged = ConvolutionLayer(layer.convolution.followed(by: scaling))
    case let layer as TransposedConvolutionLayer:
      merged = TransposedConvolutionLayer(layer.operation.followed(by: scaling))
    default: return
    }
    nodes[source] = nodes[source].replacing(merged, inputs: nodes[source].inputs)
    nodes[id] = nodes[id].replacing(IdentityLayer(), inputs: nodes[id].inputs)
  }

  /// Merges a normalisation into the linear layer that reads its value.
  mutating func mergeForward(_ id: Model.Node.ID) {
    guard let scaling = (nodes[id].layer as? NormalizationLayer)?.scaling else { return }
    var last = id
    while let reader = onlyReader(of: last) {
      switch nodes[reader].layer {
      case let layer where layer.role == .identity || layer is FlattenLayer: last = reader
      case let layer as ConvolutionLayer:
        let input = nodes[last].shape
        guard layer.role == .dense || input == nodes[id].shape,
          scaling.shift.allSatisfy({ $0 == 0 }) || layer.convolution.addsNothing(around: input)
        else { return }
        nodes[reader] = nodes[reader].replacing(
          ConvolutionLayer(layer.convolution.preceded(by: scaling)), inputs: nodes[reader].inputs)
        nodes[id] = nodes[id].replacing(IdentityLayer(), inputs: nodes[id].inputs)
        return
      default: return
      }
    }
  }

  private func onlyReader(of id: Model.Node.ID) -> Model.Node.ID? {
    let readers = model.readers(of: id)
    return readers.count == 1 && !model.outputs.contains(id) ? readers[0] : nil
  }

  private func isReadOnce(_ id: Model.Node.ID) -> Bool { onlyReader(of: id) != nil }
}
