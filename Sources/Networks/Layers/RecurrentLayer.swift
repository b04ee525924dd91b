import TensorCore

/// A recurrence as a layer; a second input, when there is one, is the mask of the first.
public struct RecurrentLayer: Layer {
  /// The operation.
  public let recurrence: Recurrence

  /// Creates a layer from an operation.
  public init(_ recurrence: Recurrence) { self.recurrence = recurrence }

  /// The kind of layer.
  public var role: LayerRole { .recurrent }

  /// The number of weights and biases.
  public var parameterCount: Int { recurrence.cell.parameterCount }

  /// `[batch, time, ...]`, or without the time axis when only the last step's output is given.
  ///
  /// - Throws: `GeometryError` when input or mask does not fit.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    try recurrence.outputShape(for: inputs[0], mask: inputs.count > 1 ? inputs[1] : nil)
  }

  /// The outputs of the steps.
  ///
  /// - Throws: `GeometryError` when input or mask does not fit.
  public func forward(_ inputs: [Tensor]) throws(GeometryError) -> Tensor {
    try recurrence(inputs[0], mask: inputs.count > 1 ? inputs[1] : nil)
  }

  /// The cotangent of the sequence; zeros for the mask.
  ///
  /// - Throws: `GeometryError` when input or mask does not fit.
  public func pullback(_ cotangent: Tensor, at site: Site) throws(GeometryError) -> [Tensor] {
    let mask = site.inputs.count > 1 ? site.inputs[1] : nil
    let result = try recurrence.pullback(cotangent, at: site.inputs[0], mask: mask)
    return [result] + (mask.map { [Tensor($0.shape)] } ?? [])
  }
}
