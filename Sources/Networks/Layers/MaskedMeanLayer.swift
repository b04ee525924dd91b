import TensorCore

/// The mean over the positions that a mask, the second input, lets count.
///
///     y[n, c] = sum over p of m[n, p] * x[n, p, c] / sum over p of m[n, p]
public struct MaskedMeanLayer: Layer {
  /// Whether the spatial axes stay, with extent one, or vanish.
  public let keepsAxes: Bool

  /// Creates a layer.
  ///
  /// - Parameter keepsAxes: Whether the spatial axes stay, with extent one.
  public init(keepsAxes: Bool = false) { self.keepsAxes = keepsAxes }

  /// The kind of layer.
  public var role: LayerRole { .averagePooling }

  /// `[batch, channels]`, or `[batch, 1..., channels]` when the axes stay.
  ///
  /// - Throws: `GeometryError` when the mask has other positions than the input.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    let expected = inputs[0].with(channels: 1)
    guard inputs[1] == expected else {
      throw .weightMismatch(name: "mask", expected: expected, found: inputs[1])
    }
    return try GlobalPoolingLayer(.average, keepsAxes: keepsAxes).outputShape(for: [inputs[0]])
  }

  /// The mean of the positions that count.
  ///
  /// - Throws: `GeometryError` when the mask does not fit or leaves nothing of an item.
  public func forward(_ inputs: [Tensor]) throws(GeometryError) -> Tensor {
    let shape = try outputShape(for: inputs.map(\.shape))
    return inputs[0].scaledAtPositions(by: try shares(inputs[1])).meanOverPositions().reshaped(to: shape)
  }

  /// The cotangent spread over the positions that count; zeros for the mask.
  ///
  /// - Throws: `GeometryError` when the mask does not fit or leaves nothing of an item.
  public func pullback(_ cotangent: Tensor, at site: Site) throws(GeometryError) -> [Tensor] {
    let even = try GlobalPoolingLayer(.average, keepsAxes: keepsAxes).pullback(
      cotangent, at: Site(inputs: [site.inputs[0]], output: site.output))
    return [even[0].scaledAtPositions(by: try shares(site.inputs[1])), Tensor(site.inputs[1].shape)]
  }

  /// What a position counts in a mean over all positions: their number by the number of those that count, or nothing.
  private func shares(_ mask: Tensor) throws(GeometryError) -> Tensor {
    let positions = mask.shape.positions
    var values = mask.values
    for item in 0..<mask.shape.batch {
      let range = (item * positions)..<((item + 1) * positions)
      let counted = values[range].count { $0 != 0 }
      guard counted > 0 else { throw .everythingMasked(item: item) }
      for index in range { values[index] = values[index] != 0 ? Float(positions) / Float(counted) : 0 }
    }
    return Tensor(mask.shape, values)
  }
}
