import TensorCore

/// Several inputs combined element by element.
///
/// Inputs of different extents are broadcast: axes of extent 1 are repeated, and an input with fewer axes gets axes of extent 1 behind
/// its batch axis, as the merging layers of Keras do.
public struct MergeLayer: Layer {
  /// How elements are combined, from the first input to the last.
  public enum Kind: String, Sendable, CaseIterable {
    /// The sum.
    case add
    /// The first less the second; of two inputs.
    case subtract
    /// The product.
    case multiply
    /// The first over the second; of two inputs.
    case divide
    /// The mean.
    case average
    /// The largest; of equal ones the first takes the cotangent.
    case maximum
    /// The smallest; of equal ones the first takes the cotangent.
    case minimum

    /// What the result is called in messages.
    var result: String {
      switch self {
      case .add: "sum"
      case .subtract: "difference"
      case .multiply: "product"
      case .divide: "quotient"
      case .average: "mean"
      case .maximum: "maximum"
      case .minimum: "minimum"
      }
    }
  }

  /// How elements are combined.
  public let kind: Kind

  /// Creates a layer that combines its inputs.
  public init(_ kind: Kind) { self.kind = kind }

  /// The kind of layer.
  public var role: LayerRole { .merge }

  /// The shape that all inputs are broadcast to.
  ///
  /// - Throws: `GeometryError` when the inputs do not fit each other, or are not two where two are needed.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    let needsTwo = kind == .subtract || kind == .divide
    guard !inputs.isEmpty, !needsTwo || inputs.count == 2 else {
      throw .incompatibleShapes(operation: kind.result, shapes: inputs)
    }
    let rank = inputs.reduce(0) { max($0, $1.rank) }
    var result = inputs[0].aligned(to: rank)
    for input in inputs.dropFirst() {
      guard let next = Broadcasting.shape(result, input.aligned(to: rank)) else {
        throw .incompatibleShapes(operation: kind.result, shapes: inputs)
      }
      result = next
    }
    return result
  }

  /// The combination of the inputs.
  public func forward(_ inputs: [Tensor]) -> Tensor {
    let inputs = aligned(inputs)
    let result = inputs.dropFirst().reduce(inputs[0]) { $0.broadcast(with: $1, combine) }
    return kind == .average ? result * (1 / Float(inputs.count)) : result
  }

  /// The cotangents of the inputs.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    let inputs = aligned(site.inputs)
    let parts: [Tensor] =
      switch kind {
      case .add: inputs.map { _ in cotangent }
      case .average: inputs.map { _ in cotangent * (1 / Float(inputs.count)) }
      case .subtract: [cotangent, cotangent * -1]
      case .multiply: inputs.indices.map { product(of: inputs, without: $0, times: cotangent) }
      case .divide:
        [
          cotangent.broadcast(with: inputs[1], /),
          cotangent.broadcast(with: site.output.broadcast(with: inputs[1], /)) { -$0 * $1 },
        ]
      case .maximum, .minimum: chosen(cotangent, inputs, site.output)
      }
    return zip(parts, zip(inputs, site.inputs)).map { part, input in
      part.summed(to: input.0.shape).reshaped(to: input.1.shape)
    }
  }

  private func combine(_ a: Float, _ b: Float) -> Float {
    switch kind {
    case .add, .average: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .maximum: a >= b ? a : b
    case .minimum: a <= b ? a : b
    }
  }

  private func product(of inputs: [Tensor], without index: Int, times cotangent: Tensor) -> Tensor {
    inputs.indices.filter { $0 != index }.reduce(cotangent) { $0.broadcast(with: inputs[$1], *) }
  }

  /// Gives every element of the cotangent to the first input that has the value of the output there.
  private func chosen(_ cotangent: Tensor, _ inputs: [Tensor], _ output: Tensor) -> [Tensor] {
    var rest = cotangent
    return inputs.map { input in
      let isChosen = output.broadcast(with: input) { $0 == $1 ? 1 : 0 }
      defer { rest = rest.combined(with: isChosen) { $1 == 1 ? 0 : $0 } }
      return rest.combined(with: isChosen) { $1 == 1 ? $0 : 0 }
    }
  }

  private func aligned(_ inputs: [Tensor]) -> [Tensor] {
    let rank = inputs.reduce(0) { max($0, $1.shape.rank) }
    return inputs.map { $0.reshaped(to: $0.shape.aligned(to: rank)) }
  }
}

extension Shape {
  /// With axes of extent 1 behind the batch axis, as many as the rank asks for.
  fileprivate func aligned(to rank: Int) -> Shape {
    Shape([batch] + Array(repeating: 1, count: rank - self.rank) + extents.dropFirst())
  }
}
