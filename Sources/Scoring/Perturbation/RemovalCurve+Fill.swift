import Explainers
import Networks
import TensorCore

extension RemovalCurve {
  /// What takes the place of hidden values.
  package enum Fill: String, Sendable, CaseIterable {
    /// Zero.
    case zero
    /// At every position the mean of the item's channel.
    case mean
    /// The input, smoothed as the code of RISE does: 11 taps along every axis, nearly equal ones, with zeros around the input.
    case blur
    /// The input, mirrored in the range of the item: the smallest value plus the largest minus the value.
    case flip

    /// What the catalogue says of the choice.
    static func parameter(standard: Fill) -> ParameterInfo {
      ParameterInfo(
        "baseline", "What hidden values become.", values: allCases.map(\.rawValue).joined(separator: ", "),
        standard: standard.rawValue)
    }

    /// The model with parts of the input hidden.
    ///
    /// - Parameters:
    ///   - explanation: The explanation, for its model and input.
    ///   - space: The space of the scores.
    /// - Returns: The model that sees the input through masks.
    /// - Throws: `ScoringError` when the model has no such score space.
    func hiding(_ explanation: ScoredExplanation, in space: ScoreSpace) throws(ScoringError) -> MaskedModel {
      let input = explanation.shown.input
      switch self {
      case .zero: return try explanation.hiding(with: .zero, in: space)
      case .mean: return try explanation.hiding(with: .mean, in: space)
      case .blur:
        let blurred = RemovalCurve.blurred(input.reshaped(to: explanation.grid.shape))
        return try explanation.hiding(with: .zero, in: space).hiding(with: blurred)
      case .flip:
        let ends = Double(input.minimum) + Double(input.maximum)
        let flipped = Tensor(input.shape, input.values.map { Float(ends - Double($0)) })
        return try explanation.hiding(with: .zero, in: space).hiding(with: flipped)
      }
    }
  }
}
