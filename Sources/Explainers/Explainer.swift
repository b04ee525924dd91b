import Networks
import TensorCore

/// A method that explains one decision of a model by a map over its input.
public protocol Explainer: Sendable {
  /// What the catalogue says of the method.
  static var info: MethodInfo { get }

  /// Explains the model's answer to one item.
  ///
  /// - Parameters:
  ///   - input: One item, `[1, spatial..., channels]`.
  ///   - model: The model.
  ///   - target: The class whose score is explained, and the space of the score.
  /// - Returns: The map with its context.
  /// - Throws: `ExplanationError` when the model, the target or the input do not allow this method.
  func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution

  /// Checks that a model has what the method needs, without running it.
  ///
  /// A method that needs nothing special leaves this out.
  ///
  /// - Parameter model: The model.
  /// - Throws: The `ExplanationError` with which `attribute` refuses the model.
  func check(_ model: Model) throws(ExplanationError)
}

extension Explainer {
  /// Accepts every model.
  public func check(_ model: Model) throws(ExplanationError) {}
}

extension Model {
  /// Explains the answer to one item.
  ///
  /// A model that starts with an embedding of indices is explained at the embedding's output, with baselines and steps there; its map
  /// is the sum over the channels of the embedding, one number per index.
  ///
  /// - Parameters:
  ///   - input: One item, `[1, spatial..., channels]`.
  ///   - method: The method.
  ///   - target: The class whose score is explained: the predicted one unless another is given.
  ///   - progress: Is told the share of the work that is done, from 0 to 1, on the calling thread, by methods that make many passes;
  ///     without it, what listens to the work that this is part of is told.
  /// - Returns: The map with its context.
  /// - Throws: `ExplanationError` when the model, the target or the input do not allow this method.
  public func explain(
    _ input: Tensor, with method: some Explainer, for target: Target = .topClass,
    progress: (@Sendable (_ share: Double) -> Void)? = nil
  ) throws(ExplanationError) -> Attribution {
    guard input.shape.rank >= 2, input.shape.batch == 1 else { throw .notOneItem(found: input.shape) }
    if let index = input.indexOfFirstNonFinite { throw .inputNotFinite(index: index) }
    func explained() throws(ExplanationError) -> Attribution {
      try self.attribution(of: input, by: method, for: target)
    }
    var attribution =
      if let progress { try WorkProgress.told(to: progress, explained) } else { try explained() }
    attribution.versus = target.versus
    if attribution.target == target.versus {
      attribution.notes.append("a class was contrasted with itself, so its score and its map are zero")
    }
    guard attribution.map.indexOfFirstNonFinite == nil else {
      throw .mapNotFinite(method: type(of: method).info.id)
    }
    return attribution
  }

  /// Checks that the model has what a method needs; where that is an error, explaining ends with it too.
  ///
  /// - Parameters:
  ///   - method: The method.
  ///   - input: One item, `[1, spatial..., channels]`.
  /// - Throws: `ExplanationError` when the model lacks what the method needs.
  /// - Note: No pass through the model; of one that starts with an embedding, that layer alone is run.
  public func check(_ method: some Explainer, for input: Tensor) throws(ExplanationError) {
    let inner = try running { () throws(ModelError) in try fromEmbedding(of: input) }
    try method.check(inner?.model ?? self)
  }

  private func attribution(
    of input: Tensor, by method: some Explainer, for target: Target
  ) throws(ExplanationError) -> Attribution {
    guard let inner = try running({ () throws(ModelError) in try fromEmbedding(of: input) }) else {
      return try method.attribute(input, of: self, for: target)
    }
    var attribution = try method.attribute(inner.input, of: inner.model, for: target)
    attribution.map = attribution.map.overChannels(.sum).reshaped(to: input.shape)
    // The errors of channels do not tell that of their sum.
    attribution.standardError = attribution.standardError.flatMap {
      $0.shape.channels == 1 ? $0.reshaped(to: input.shape) : nil
    }
    attribution.input = input
    attribution.disagreement = attribution.disagreement?.reshaped(to: input.shape)
    return attribution
  }
}

/// Runs something of the model and reports its errors as ours.
func running<Result>(_ body: () throws(ModelError) -> Result) throws(ExplanationError) -> Result {
  do {
    return try body()
  } catch {
    throw .model(error)
  }
}
