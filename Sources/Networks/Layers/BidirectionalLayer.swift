import TensorCore

/// Two recurrences over the same sequence, usually one in each direction, and their outputs merged.
///
/// A second input, when there is one, is the mask of the first.
public struct BidirectionalLayer: Layer {
  /// How the two outputs become one.
  public enum Merge: String, Sendable, CaseIterable {
    /// Side by side as channels.
    case concatenation = "concat"
    /// Their sum.
    case sum
    /// Their product.
    case product = "mul"
    /// Their mean.
    case average = "ave"
  }

  /// The first recurrence.
  public let forward: Recurrence
  /// The second recurrence.
  ///
  /// When it gives sequences, its outputs are turned round before they are merged.
  public let backward: Recurrence
  /// How the two outputs become one.
  public let merge: Merge

  /// Creates a layer.
  ///
  /// - Parameters:
  ///   - forward: The first recurrence.
  ///   - backward: The second one, with outputs of as many steps.
  ///   - merge: How the two outputs become one.
  public init(forward: Recurrence, backward: Recurrence, merge: Merge) {
    self.forward = forward
    self.backward = backward
    self.merge = merge
  }

  /// The kind of layer.
  public var role: LayerRole { .recurrent }

  /// The number of weights and biases of both.
  public var parameterCount: Int { forward.cell.parameterCount + backward.cell.parameterCount }

  /// The shape of the merged outputs.
  ///
  /// - Throws: `GeometryError` when the input does not fit or the outputs do not fit each other.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    let mask = inputs.count > 1 ? inputs[1] : nil
    let first = try forward.outputShape(for: inputs[0], mask: mask)
    let second = try backward.outputShape(for: inputs[0], mask: mask)
    guard first == (merge == .concatenation ? second.with(channels: first.channels) : second) else {
      throw .weightMismatch(name: "output of the backward layer", expected: first, found: second)
    }
    return merge == .concatenation ? first.with(channels: first.channels + second.channels) : first
  }

  /// The merged outputs.
  ///
  /// - Throws: `GeometryError` when input or mask does not fit.
  public func forward(_ inputs: [Tensor]) throws(GeometryError) -> Tensor {
    let (first, second) = try outputs(of: inputs)
    return switch merge {
    case .concatenation: Tensor(joiningChannels: [first, second])
    case .sum: first + second
    case .product: first * second
    case .average: (first + second) * 0.5
    }
  }

  /// The cotangent of the sequence; zeros for the mask.
  ///
  /// - Throws: `GeometryError` when input or mask does not fit.
  public func pullback(_ cotangent: Tensor, at site: Site) throws(GeometryError) -> [Tensor] {
    let mask = site.inputs.count > 1 ? site.inputs[1] : nil
    let parts: (Tensor, Tensor)
    switch merge {
    case .concatenation:
      let units = try forward.outputShape(for: site.inputs[0].shape, mask: mask?.shape).channels
      let all = cotangent.shape.channels
      parts = (cotangent.channels(0..<units), cotangent.channels(units..<all))
    case .sum: parts = (cotangent, cotangent)
    case .product:
      let (first, second) = try outputs(of: site.inputs)
      parts = (cotangent * second, cotangent * first)
    case .average: parts = (cotangent * 0.5, cotangent * 0.5)
    }
    let first = try forward.pullback(parts.0, at: site.inputs[0], mask: mask)
    let second = try backward.pullback(inTime(parts.1), at: site.inputs[0], mask: mask)
    return [first + second] + (mask.map { [Tensor($0.shape)] } ?? [])
  }

  /// The outputs of both, step by step in the order of the sequence.
  private func outputs(of inputs: [Tensor]) throws(GeometryError) -> (Tensor, Tensor) {
    let mask = inputs.count > 1 ? inputs[1] : nil
    return (try forward(inputs[0], mask: mask), inTime(try backward(inputs[0], mask: mask)))
  }

  private func inTime(_ output: Tensor) -> Tensor {
    backward.returnsSequence ? output.withStepsReversed : output
  }
}
