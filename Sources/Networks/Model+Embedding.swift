import TensorCore

extension Model {
  /// The part of a model that starts with indices from its embedding on, for one item, and what the embedding gives for it.
  ///
  /// Nothing flows back through indices, so such a model is explained at its embedding. What else depends on the indices, the mask, keeps the
  /// value that it has for the item.
  ///
  /// - Parameter item: One item of indices.
  /// - Returns: The model whose input is the output of the embedding, and that output; `nil` for a model whose only input is not read by
  ///   one embedding and masks alone.
  /// - Throws: `ModelError` when the item does not fit the model.
  public func fromEmbedding(of item: Tensor) throws(ModelError) -> (model: Model, input: Tensor)? {
    guard inputs.count == 1 else { return nil }
    let readers = readers(of: inputs[0])
    let embeddings = readers.filter { nodes[$0].layer.role == .embedding }
    let masks = readers.filter { nodes[$0].layer.role == .mask }
    guard embeddings.count == 1, embeddings.count + masks.count == readers.count,
      !outputs.contains(embeddings[0])
    else { return nil }
    let trace = try trace([item], for: readers)
    var tail = nodes
    tail[embeddings[0]] = nodes[embeddings[0]].replacing(
      InputLayer(shape: nodes[embeddings[0]].shape), inputs: [])
    for mask in masks {
      tail[mask] = nodes[mask].replacing(FixedLayer(trace[mask]), inputs: [embeddings[0]])
    }
    let model = Model(self, nodes: tail, input: embeddings[0], fixed: masks, without: [inputs[0]])
    return (model, trace[embeddings[0]])
  }
}
