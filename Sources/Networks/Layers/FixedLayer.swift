import TensorCore

/// A value that does not depend on the input, the same for every item of a batch.
struct FixedLayer: Layer {
  /// The value of one item.
  let value: Tensor

  init(_ value: Tensor) { self.value = value }

  var role: LayerRole { .mask }

  func outputShape(for inputs: [Shape]) -> Shape { value.shape.with(batch: inputs[0].batch) }

  func forward(_ inputs: [Tensor]) -> Tensor {
    let batch = inputs[0].shape.batch
    return batch == 1 ? value : Tensor(joining: Array(repeating: value, count: batch))
  }

  func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] { [Tensor(site.inputs[0].shape)] }
}
