import Networks
import TensorCore

/// Relevance handed back from the logits to the input, by rules for every layer.
public struct RelevancePropagation: Sendable {
  /// Which rules.
  public enum Rules: Sendable {
    /// Those of a preset.
    case preset(RelevancePreset)
    /// Those of a list, and the text that it was read from.
    case composite(RelevanceComposite, text: String)

    /// The list.
    public var composite: RelevanceComposite {
      switch self {
      case .preset(let preset): preset.composite
      case .composite(let composite, _): composite
      }
    }
  }

  /// What is handed back.
  public enum Start: String, Sendable, CaseIterable {
    /// The score of the target.
    case score
    /// One, so that maps of different items compare.
    case one
  }

  /// Which rules.
  public var rules: Rules
  /// What is handed back.
  public var start: Start
  /// The smallest value that an input can have, for rules `z-box` that do not say; `nil` for that of the item.
  public var low: [Float]?
  /// The largest value that an input can have, for rules `z-box` that do not say; `nil` for that of the item.
  public var high: [Float]?

  /// Creates a propagation.
  ///
  /// - Parameters:
  ///   - rules: Which rules.
  ///   - start: What is handed back.
  ///   - low: The smallest value that an input can have, for all channels or for each; `nil` for that of the item.
  ///   - high: The largest value that an input can have, for all channels or for each; `nil` for that of the item.
  public init(
    _ rules: Rules = .preset(.epsilonPlus), start: Start = .score, low: [Float]? = nil, high: [Float]? = nil
  ) {
    self.rules = rules
    self.start = start
    self.low = low
    self.high = high
  }

  /// What came of handing relevance back.
  struct Result {
    /// The relevance of the input.
    var map: Tensor
    /// The model's answer, flattened.
    var output: Tensor
    var target: Int
    var score: Double
    var byLayer: [LayerRelevance]
    /// The parameters with the values that were used.
    var parameters: [Attribution.Parameter]
    var notes: [String]
  }

  /// How relevance flows through a model, with bounds as they are without an item.
  ///
  /// - Throws: `ExplanationError` when a layer has no rule, or a rule does not fit its layer.
  func plan(of model: Model, for method: String) throws(ExplanationError) -> RelevancePlan {
    try RelevancePlan(of: model, by: rules.composite, for: method)
  }

  /// Hands the relevance of a target back to the input.
  ///
  /// - Parameters:
  ///   - input: One item.
  ///   - model: The model.
  ///   - target: The class, and the space of its score. Relevance starts at the logit in both spaces; a softmax hands on what it gets.
  ///   - method: The method's identifier, for messages.
  /// - Returns: The relevance of the input and what goes with it.
  /// - Throws: `ExplanationError` when a layer has no rule, or the target or the input do not fit the model.
  func propagate(
    _ input: Tensor, _ model: Model, _ target: Target, for method: String
  ) throws(ExplanationError) -> Result {
    let (composite, bounds) = try bounded(at: input, for: method)
    let plan = try RelevancePlan(of: model, by: composite, for: method)
    let policy = RelevancePolicy(plan)
    let (logits, inputNode, outputNode) = (model.head.logits, model.inputs[0], model.outputs[0])
    let trace = try running { () throws(ModelError) in
      try plan.model.trace([input], for: [logits, outputNode])
    }
    let (targets, scores) = try running { () throws(ModelError) in
      try model.score(target, of: trace[logits])
    }
    let started = start == .one ? 1 : scores[0]
    let relevance = Tensor(
      trace[logits].shape,
      startingRelevance(model.head, target.fixed(to: targets[0]), trace[logits].values, started))
    let map = try running { () throws(ModelError) in
      try trace.pullback(relevance, from: logits, to: [inputNode], policy: policy)[0]
    }
    let output = trace[outputNode]
    var notes = plan.notes
    if let box = bounds, !box.holds(input) {
      notes.append("the item has values outside the box that 'z-box' was given")
    }
    if let note = Self.note(on: policy.byLayer, from: started, to: map.sum) { notes.append(note) }
    return Result(
      map: map, output: output.reshaped(to: [1, output.shape.itemCount]), target: targets[0],
      score: scores[0], byLayer: policy.byLayer, parameters: parameters(bounds), notes: notes)
  }

  /// What the logits start with: the class's with its score, and the one it is contrasted with with its own, negated.
  private func startingRelevance(
    _ head: ScoreHead, _ target: Target, _ logits: [Float], _ started: Double
  ) -> [Float] {
    guard case .index(let index) = target.choice, let versus = target.versus, !head.isBinary else {
      let seed = head.cotangent(of: target.index ?? 0, logits, in: .logit)
      return seed.map { $0 == 0 ? 0 : Float(started) }
    }
    var relevance = [Float](repeating: 0, count: logits.count)
    for (place, sign) in [(index, 1.0), (versus, -1.0)] {
      relevance[place] += Float(sign * (start == .one ? 1 : head.score(of: place, logits, in: target.space)))
    }
    return relevance
  }

  /// The rules with their bounds, and the bounds when a rule asks for them.
  private func bounded(
    at input: Tensor, for method: String
  ) throws(ExplanationError) -> (RelevanceComposite, BoxBounds?) {
    let composite = rules.composite
    guard composite.entries.contains(where: { ($0.rule as? ZBoxRule)?.isOpen ?? false }) else {
      return (composite, nil)
    }
    let bounds = BoxBounds(low: low ?? [input.minimum], high: high ?? [input.maximum])
    let channels = input.shape.channels
    for (name, values) in [("low", bounds.low), ("high", bounds.high)]
    where values.count != 1 && values.count != channels {
      throw .badParameter(
        method: method, name: name, value: ZBoxRule.text(of: values),
        expected: "one number, or one for each of the \(channels) channels")
    }
    return (composite.bounded(low: bounds.low, high: bounds.high), bounds)
  }

  private func parameters(_ bounds: BoxBounds?) -> [Attribution.Parameter] {
    var parameters: [Attribution.Parameter] = []
    switch rules {
    case .preset(let preset): parameters.append(.init("preset", preset.rawValue))
    case .composite(_, let text): parameters.append(.init("rules", text))
    }
    parameters.append(.init("start", start.rawValue))
    if let bounds {
      parameters.append(.init("low", ZBoxRule.text(of: bounds.low)))
      parameters.append(.init("high", ZBoxRule.text(of: bounds.high)))
    }
    return parameters
  }

  /// What a user should know when a good part of the relevance did not arrive.
  private static func note(on layers: [LayerRelevance], from start: Double, to sum: Double) -> String? {
    guard start != 0, abs(start - sum) > 0.01 * abs(start) else { return nil }
    func percent(_ value: Double) -> String { "\(Int((100 * value / start).clamped.rounded())) %" }
    guard let largest = layers.max(by: { abs($0.residual) < abs($1.residual) }) else { return nil }
    return "the map sums to \(percent(sum)) of what was handed back; the largest part of the difference, "
      + "\(percent(largest.residual)), stayed at '\(largest.layer)'"
  }
}

/// The bounds of a box, for all channels or for each.
private struct BoxBounds {
  var low: [Float]
  var high: [Float]

  /// Whether all elements lie inside.
  func holds(_ input: Tensor) -> Bool {
    input.withValues { values in
      values.indices.allSatisfy { values[$0] >= low[$0 % low.count] && values[$0] <= high[$0 % high.count] }
    }
  }
}

extension ZBoxRule {
  /// Whether a bound is left to the item.
  fileprivate var isOpen: Bool { low == nil || high == nil }
}

extension Double {
  /// The number within what a whole number can hold.
  fileprivate var clamped: Double { Swift.min(Swift.max(self, -1e15), 1e15) }
}
