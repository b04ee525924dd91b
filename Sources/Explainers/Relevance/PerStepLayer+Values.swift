import Networks
import TensorCore

extension PerStepLayer {
  /// What goes into the layers and comes out of them, for all steps of a sequence as one batch: the input first, the output last.
  ///
  /// - Parameter input: `[batch, time, ...]`.
  /// - Returns: Tensors of `[batch * time, ...]`, one more than there are layers.
  /// - Throws: `GeometryError` when a layer cannot take its input.
  func values(of input: Tensor) throws(GeometryError) -> [Tensor] {
    let shape = Shape([input.shape[0] * input.shape[1]] + input.shape.extents.dropFirst(2))
    var values = [input.reshaped(to: shape)]
    for layer in layers { values.append(try layer.forward([values[values.count - 1]])) }
    return values
  }
}
