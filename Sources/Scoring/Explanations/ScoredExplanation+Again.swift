import Explainers
import Networks
import TensorCore

extension ScoredExplanation {
  /// The value of a map of this item at every position: the sum over its channels.
  func values(of map: Tensor) -> [Double] {
    if map.count == grid.count { return map.values.map { Double($0) } }
    return map.reshaped(to: grid.shape).overChannels(.sum).values.map { Double($0) }
  }

  /// The map of a changed input, one value for every position.
  ///
  /// - Parameters:
  ///   - changed: An input of the shape of `shown`.
  ///   - other: A model that takes it; that of `shown` when `nil`.
  /// - Returns: The values.
  /// - Throws: `ScoringError.explanation` when it cannot be explained.
  func values(at changed: Tensor, by other: Model? = nil) throws(ScoringError) -> [Double] {
    values(of: try again(at: changed, by: other ?? shown.model).map)
  }
}
