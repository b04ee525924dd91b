import TensorCore

/// Other spatial extents, axis by axis a linear map of the cells: repetition, interpolation, means of cells.
public struct ResamplingLayer: Layer {
  /// One matrix per spatial axis.
  public let matrices: [AxisMatrix]
  private let transposed: [AxisMatrix]

  /// Creates a resampling from one matrix per spatial axis.
  public init(_ matrices: [AxisMatrix]) {
    self.matrices = matrices
    transposed = matrices.map(\.transposed)
  }

  /// The kind of layer.
  public var role: LayerRole { .routing }

  /// As many cells along every axis as its matrix has rows.
  ///
  /// - Throws: `GeometryError` when the input has other extents than the matrices have columns.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    let spatial = inputs[0].spatial
    guard spatial.count == matrices.count else {
      throw .rankMismatch(window: matrices.count, input: spatial.count)
    }
    for (extent, matrix) in zip(spatial, matrices) where extent != matrix.columns {
      throw .parameterOutOfRange(
        name: "input extent", value: extent, least: matrix.columns, most: matrix.columns)
    }
    return Shape(
      batch: inputs[0].batch, spatial: matrices.map(\.rows.count), channels: inputs[0].channels)
  }

  /// The resampled input.
  public func forward(_ inputs: [Tensor]) -> Tensor {
    matrices.enumerated().reduce(inputs[0]) { $0.multiplied(by: $1.element, along: $1.offset + 1) }
  }

  /// The cotangent, mapped by the transposed matrices.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    [
      transposed.enumerated().reversed().reduce(cotangent) {
        $0.multiplied(by: $1.element, along: $1.offset + 1)
      }
    ]
  }
}
