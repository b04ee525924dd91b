/// A table of vectors, one for every index.
///
///     output[..., d] = vectors[input[...], d]
public struct Embedding: Sendable {
  /// `[indices, channels]`.
  public let vectors: Tensor

  /// Creates a table.
  ///
  /// - Parameter vectors: `[indices, channels]`, with at least one index.
  public init(_ vectors: Tensor) {
    precondition(vectors.shape.rank == 2 && vectors.shape[0] > 0, "\(vectors.shape) is no table of vectors")
    self.vectors = vectors
  }

  /// The input's axes, and the channels of the vectors behind them.
  public func outputShape(for input: Shape) -> Shape { Shape(input.extents + [vectors.shape.channels]) }

  /// The vectors of the indices that the elements of the input are.
  ///
  /// - Parameter input: Whole numbers from zero to below the number of vectors.
  /// - Returns: One vector per element.
  /// - Throws: `GeometryError.notAnIndex` for the first element that is anything else.
  public func callAsFunction(_ input: Tensor) throws(GeometryError) -> Tensor {
    let (rows, channels) = (vectors.shape[0], vectors.shape[1])
    var indices: [Int] = []
    for (position, value) in input.values.enumerated() {
      guard value >= 0, value < Float(rows), let index = Int(exactly: value), index < rows else {
        throw .notAnIndex(position: position % max(input.shape.itemCount, 1), value: value, most: rows - 1)
      }
      indices.append(index)
    }
    return Tensor(outputShape(for: input.shape)) { target in
      vectors.withValues { source in
        for (position, index) in indices.enumerated() {
          for channel in 0..<channels {
            target.initializeElement(
              at: position * channels + channel, to: source[index * channels + channel])
          }
        }
      }
    }
  }
}
