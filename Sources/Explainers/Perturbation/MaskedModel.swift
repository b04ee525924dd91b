import Networks
import TensorCore

/// A model that sees one input through masks.
///
///     seen = mask * input + (1 - mask) * fill
///
/// A mask has one number for every position, the same for all its channels: 1 shows it, 0 hides it. With several fills a mask's score is the
/// mean over them.
package struct MaskedModel: Sendable {
  /// The model.
  package let model: Model
  /// What the model makes of the whole input.
  package let decision: Decision
  /// The positions that masks are over.
  package let grid: PositionGrid
  private let input: Tensor
  /// What hidden values become; `nil` where that is zero.
  private let fills: [Tensor?]

  /// Prepares an input.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - input: One item.
  ///   - target: The class to score, and the space of the score.
  ///   - baseline: What hidden values become.
  ///   - decision: What the model makes of the whole input, where that is known: else it costs a forward pass.
  /// - Throws: `ExplanationError` when the target, the baseline or the input do not fit the model.
  package init(
    _ model: Model, at input: Tensor, for target: Target, hidingWith baseline: Baseline,
    knowing decision: Decision? = nil
  ) throws(ExplanationError) {
    let decision = if let decision { decision } else { try model.decision(on: input, for: target) }
    let grid = model.positionGrid
    let fills: [Tensor?]
    switch baseline {
    case .zero: fills = [nil]
    case .tensor: fills = try baseline.tensors(for: input)
    case .mean, .blur, .noise: fills = try baseline.tensors(for: input.reshaped(to: grid.shape))
    }
    self.init(model, decision, grid, input, fills)
  }

  private init(
    _ model: Model, _ decision: Decision, _ grid: PositionGrid, _ input: Tensor, _ fills: [Tensor?]
  ) {
    self.model = model
    self.decision = decision
    self.grid = grid
    self.input = input
    self.fills = fills
  }

  /// The same with another fill, of as many elements as the input.
  package func hiding(with fill: Tensor) -> MaskedModel { MaskedModel(model, decision, grid, input, [fill]) }

  /// The passes that one mask takes.
  package var passesPerMask: Int { fills.count }

  /// The scores of the target when the input is seen through masks.
  ///
  /// - Parameter masks: `[masks, positions]`.
  /// - Returns: One score for every mask.
  /// - Throws: `ModelError` when a score is not a finite number.
  package func scores(through masks: Tensor) throws(ModelError) -> [Double] {
    var sums = [Double](repeating: 0, count: masks.shape[0])
    for fill in fills {
      let scores = try model.score(decision.target, at: seen(through: masks, fill)).scores
      for index in sums.indices { sums[index] += scores[index] }
    }
    return fills.count == 1 ? sums : sums.map { $0 / Double(fills.count) }
  }

  /// The score when everything is hidden.
  ///
  /// - Throws: `ExplanationError` when it is not a finite number.
  package func scoreOfNothing() throws(ExplanationError) -> Double {
    try running { () throws(ModelError) in try scores(through: Tensor([1, grid.count]))[0] }
  }

  /// The input seen through every mask, as one batch.
  private func seen(through masks: Tensor, _ fill: Tensor?) -> Tensor {
    let (positions, channels) = (grid.count, grid.channels)
    let count = masks.shape[0]
    return Tensor(input.shape.with(batch: count)) { target in
      masks.withValues { masks in
        input.withValues { input in
          guard let seen = target.baseAddress, let mask = masks.baseAddress, let shown = input.baseAddress
          else { return }
          for item in 0..<count {
            let seen = seen + item * positions * channels
            let mask = mask + item * positions
            guard let fill else {
              Self.multiply(shown, by: mask, positions, channels, into: seen)
              continue
            }
            fill.withValues { fill in
              Self.mix(shown, with: fill, by: mask, positions, channels, into: seen)
            }
          }
        }
      }
    }
  }

  private static func multiply(
    _ shown: UnsafePointer<Float>, by mask: UnsafePointer<Float>, _ positions: Int, _ channels: Int,
    into seen: UnsafeMutablePointer<Float>
  ) {
    var index = 0
    for position in 0..<positions {
      for _ in 0..<channels {
        (seen + index).initialize(to: shown[index] * mask[position])
        index += 1
      }
    }
  }

  private static func mix(
    _ shown: UnsafePointer<Float>, with fill: UnsafeBufferPointer<Float>, by mask: UnsafePointer<Float>,
    _ positions: Int, _ channels: Int, into seen: UnsafeMutablePointer<Float>
  ) {
    var index = 0
    for position in 0..<positions {
      let share = mask[position]
      for _ in 0..<channels {
        (seen + index).initialize(to: share * shown[index] + (1 - share) * fill[index])
        index += 1
      }
    }
  }
}
