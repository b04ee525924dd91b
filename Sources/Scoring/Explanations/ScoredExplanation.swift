import Explainers
import Networks
import TensorCore

/// An explanation with all that metrics need to judge it.
///
/// Positions are those of the input, each with all its channels, in the order of memory; for a model that starts with an embedding of
/// indices they are hidden at the embedding's output.
public struct ScoredExplanation {
  /// The explanation.
  public let attribution: Attribution
  /// How it was made, for metrics that explain changed inputs or models.
  public let method: any Explainer
  /// The model.
  public let model: Model
  /// Where the true evidence is, 1, and where not, 0: one number for every position; `nil` where that is not known.
  public let evidence: [Float]?
  /// Seed of everything random that is done for this item.
  public let seed: UInt32
  /// The model and the input whose positions are hidden: behind an embedding, else those of the item itself.
  let shown: (model: Model, input: Tensor)
  /// The positions.
  let grid: PositionGrid
  /// What metrics of this explanation share.
  let results = SharedResults()

  /// Prepares an explanation for metrics.
  ///
  /// - Parameters:
  ///   - attribution: The explanation.
  ///   - method: How it was made.
  ///   - model: The model.
  ///   - evidence: The true evidence, `[1, spatial..., 1]`, above 0.5 where it is; or `nil`.
  ///   - seed: Seed of everything random that is done for this item.
  /// - Throws: `ScoringError` when the evidence has other extents than the input, or the model cannot be run at it.
  public init(
    _ attribution: Attribution, by method: any Explainer, of model: Model, evidence: Tensor? = nil,
    seed: UInt32 = 0
  ) throws(ScoringError) {
    self.attribution = attribution
    self.method = method
    self.model = model
    self.seed = seed
    let input = attribution.input
    do throws(ModelError) {
      shown = try model.fromEmbedding(of: input) ?? (model, input)
    } catch {
      throw .explanation(.model(error))
    }
    grid = shown.model.positionGrid
    if let evidence, evidence.count != grid.count {
      throw .evidenceShape(expected: input.shape.with(channels: 1), found: evidence.shape)
    }
    self.evidence = evidence?.values.map { $0 > 0.5 ? 1 : 0 }
  }

  /// The value of the map at every position: the sum over its channels.
  public var values: [Double] {
    let map = attribution.map
    if map.count == grid.count { return map.values.map { Double($0) } }
    return map.reshaped(to: grid.shape).overChannels(.sum).values.map { Double($0) }
  }

  /// The class that the model predicts for the input, by its outputs.
  var predicted: Int {
    let outputs = attribution.output
    return model.head.isBinary ? (outputs.values[0] > 0.5 ? 1 : 0) : outputs.indexOfMaximum
  }

  /// The number of positions.
  public var positions: Int { grid.count }

  /// The extents of the positions, outermost first.
  public var extents: [Int] { grid.extents }

  /// The explained class, and a space for its score.
  func target(in space: ScoreSpace) -> Target {
    Target(.index(attribution.target), in: space, versus: attribution.versus)
  }

  /// What the model makes of the input, with the score of the explained class in a space; computed once for every space.
  ///
  /// - Throws: `ScoringError` when the model has no such space.
  func decision(in space: ScoreSpace) throws(ScoringError) -> Decision {
    try results.result(space) { () throws(ScoringError) in
      try explaining { () throws(ExplanationError) in
        try shown.model.decision(on: shown.input, for: target(in: space))
      }
    }
  }

  /// The model with parts of the input hidden.
  ///
  /// - Parameters:
  ///   - baseline: What hidden values become.
  ///   - space: The space of the scores.
  /// - Returns: The model that sees the input through masks.
  /// - Throws: `ScoringError` when the baseline or the space do not fit the model.
  func hiding(with baseline: Baseline, in space: ScoreSpace) throws(ScoringError) -> MaskedModel {
    let decision = try decision(in: space)
    return try explaining { () throws(ExplanationError) in
      try MaskedModel(
        shown.model, at: shown.input, for: decision.target, hidingWith: baseline, knowing: decision)
    }
  }

  /// Explains another input, or the same by another model, as this explanation was made.
  ///
  /// - Parameters:
  ///   - input: The input, of the shape of this one; this one when `nil`.
  ///   - other: The model; this one when `nil`.
  /// - Returns: The explanation of the same class.
  /// - Throws: `ScoringError.explanation` when it cannot be made.
  func again(at input: Tensor? = nil, by other: Model? = nil) throws(ScoringError) -> Attribution {
    try explaining { () throws(ExplanationError) in
      try (other ?? model).explain(
        input ?? attribution.input, with: method, for: target(in: attribution.scoreSpace))
    }
  }
}
