import TensorCore

/// A scale and a shift for every element of an item, where they are not the same at all positions.
public struct ElementScalingLayer: Layer {
  /// The scale and the shift.
  public let scaling: ElementScaling
  /// The factors that are trained, with extent one on axes that share them; `nil` where the scale is fixed.
  public let trainedScale: Tensor?
  /// The summands that are trained, with extent one on axes that share them; `nil` where the shift is fixed.
  public let trainedShift: Tensor?

  /// Creates a layer whose numbers are fixed.
  public init(_ scaling: ElementScaling) {
    self.scaling = scaling
    trainedScale = nil
    trainedShift = nil
  }

  /// Creates a layer from trained numbers.
  ///
  /// - Parameters:
  ///   - scale: One factor per element, `[1, spatial..., channels]`, with extent one on axes that share them; ones when `nil`.
  ///   - shift: One summand per element, in the same form; zeros when `nil`.
  ///   - item: The shape of one item.
  public init(scale: Tensor?, shift: Tensor?, over item: Shape) {
    trainedScale = scale
    trainedShift = shift
    scaling = ElementScaling(
      scale: scale?.expanded(to: item) ?? Tensor(item, repeating: 1),
      shift: shift?.expanded(to: item) ?? Tensor(item))
  }

  /// The number of trained factors and summands.
  public var parameterCount: Int { (trainedScale?.count ?? 0) + (trainedShift?.count ?? 0) }

  /// The kind of layer.
  public var role: LayerRole { .normalization }

  /// The shape of the input.
  ///
  /// - Throws: `GeometryError` when the input has items of another shape.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    guard inputs[0].with(batch: 1) == scaling.scale.shape else {
      throw .weightMismatch(name: "scale", expected: inputs[0].with(batch: 1), found: scaling.scale.shape)
    }
    return inputs[0]
  }

  /// The scaled and shifted input.
  public func forward(_ inputs: [Tensor]) -> Tensor { scaling(inputs[0]) }

  /// The scaled cotangent.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] { [scaling.pullback(cotangent)] }
}
