/// What queries read from values: their mean, weighted by the softmax of scores.
///
///     output[n, i] = sum over j of softmax(scores[n, i])[j] * values[n, j]
///
/// Pairs that are not allowed have a weight of zero; a query without any allowed value weighs all alike.
public struct AttentionReadout: Sendable {
  /// The score of pairs that are not allowed.
  private static let excluded: Float = -1e9

  private let scores: Tensor
  private let values: Tensor
  private let allowed: Tensor?
  private let weights: Tensor

  /// Weighs values by scores.
  ///
  /// - Parameters:
  ///   - scores: `[batch, queries, values]`.
  ///   - values: `[batch, values, channels]`.
  ///   - allowed: Zero where a query may not see a value, of the scores' shape, or none.
  public init(scores: Tensor, values: Tensor, allowed: Tensor? = nil) {
    self.scores = allowed.map { scores.combined(with: $0) { $1 != 0 ? $0 : Self.excluded } } ?? scores
    self.values = values
    self.allowed = allowed
    weights = Softmax.callAsFunction(self.scores)
  }

  /// The weighted means, `[batch, queries, channels]`.
  public var output: Tensor { weights.matrixProduct(values) }

  /// The cotangents of scores and values.
  ///
  /// - Parameter cotangent: That of the output.
  /// - Returns: Tensors of the shapes of scores and values.
  public func pullback(_ cotangent: Tensor) -> (scores: Tensor, values: Tensor) {
    let result = Softmax.pullback(cotangent.matrixProduct(values.matrixTransposed), at: scores)
    return (
      allowed.map { result.combined(with: $0) { $1 != 0 ? $0 : 0 } } ?? result,
      weights.matrixTransposed.matrixProduct(cotangent)
    )
  }
}
