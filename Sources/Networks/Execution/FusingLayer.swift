import TensorCore

/// A layer that does the work of a rectifier behind it and of one before it in its own passes over memory.
public protocol FusingLayer: Layer {
  /// The output for given inputs, rectified.
  ///
  /// - Throws: `GeometryError` when the layer cannot take such inputs.
  func forward(_ inputs: [Tensor], through rectifier: Rectifier) throws(GeometryError) -> Tensor

  /// The cotangent of the first input, without what the rectifier that gave this input had stopped.
  ///
  /// - Throws: `GeometryError` when the layer cannot take such inputs.
  func pullback(
    _ cotangent: Tensor, at site: Site, through rectifier: Rectifier
  ) throws(GeometryError) -> Tensor
}
