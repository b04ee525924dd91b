import TensorCore

/// A table of vectors as a layer: its input holds indices.
///
/// Indices are not continuous, so nothing flows back to them; a model that starts with indices is explained at this layer's output.
public struct EmbeddingLayer: Layer {
  /// The operation.
  public let embedding: Embedding

  /// Creates a layer from an operation.
  public init(_ embedding: Embedding) { self.embedding = embedding }

  /// The kind of layer.
  public var role: LayerRole { .embedding }

  /// The number of elements of the table.
  public var parameterCount: Int { embedding.vectors.count }

  /// The input's axes, and the channels of the vectors behind them.
  public func outputShape(for inputs: [Shape]) -> Shape { embedding.outputShape(for: inputs[0]) }

  /// The vectors of the indices.
  ///
  /// - Throws: `GeometryError` when an element is not an index of the table.
  public func forward(_ inputs: [Tensor]) throws(GeometryError) -> Tensor { try embedding(inputs[0]) }

  /// Zeros: the output is constant between indices.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] { [Tensor(site.inputs[0].shape)] }
}
