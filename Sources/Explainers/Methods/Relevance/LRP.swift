import Networks
import TensorCore

/// Layer-wise relevance propagation: the score, handed back from layer to layer until it reaches the input.
///
///     R(logits) = the score at the target, zero elsewhere
///     R[i]      = sum over j of share[i, j] R[j]          one layer back, with the shares of the layer's rule
///     map       = R(input)
///
/// Shapes: the map has the shape of the input, `[1, spatial..., channels]`. Which rule a layer gets says a preset (`RelevancePreset`) or a list
/// of rules (`RelevanceComposite`). The default is `epsilon-plus`: in convolutions, where contributions of both signs nearly cancel and would
/// blow each other up, relevance follows the positive contributions; the dense layers keep the sign of what speaks against the class. It needs no
/// bounds of the input, and unlike the flat presets it keeps the resolution of short signals.
///
/// Batch normalisations are first merged into the layers beside them (`Model.withNormalizationsMerged`); where that is not exact they are layers of
/// their own with the epsilon rule, but a normalisation of the input itself is a change of units that hands relevance on. Element-wise functions hand relevance on. The largest value of a window takes all. Sums and means divide in
/// proportion. Of a product with a gate, such as a sigmoid, the other factor takes all. Recurrent layers, attention, normalisations by the
/// item's own statistics and a softmax before the last layer have no rule: such models are refused by name.
///
/// The map sums to the score but for what biases and epsilon keep: `Attribution.relevanceByLayer` says how much at which layer, and
/// `completenessGap` how much in all.
///
/// - Note: One forward pass and up to four forward passes and pullbacks of every layer, by its rule. Bach et al., PLoS ONE 2015; Montavon et al.,
///   LNCS 11700, 2019. Checked in float64 against zennit for every preset and Captum for `captum`. zennit starts with one instead of the
///   score (`start=one`) and lets relevance pass a normalisation that it cannot merge. Captum knows neither one spatial axis nor
///   flattening; `captum` does there what it does elsewhere.
public struct LRP: MethodCatalog.Entry {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "lrp", name: "LRP", family: .relevance, preset: .signed,
    summary: "The score, handed back from layer to layer by rules that say who contributed how much.",
    needs: "a model without recurrent layers and attention",
    cost: "1 forward pass and 1 to 8 passes of every layer, by its rule", citation: .bach2015,
    parameters: RelevancePropagation.parameterInfos(preset: .epsilonPlus))

  /// The rules and what is handed back.
  public var propagation: RelevancePropagation

  /// Creates the method.
  ///
  /// - Parameter propagation: The rules and what is handed back.
  public init(_ propagation: RelevancePropagation = .init()) { self.propagation = propagation }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError` for a value that the method does not take, or for parameters that exclude each other.
  public init(settings: MethodSettings) throws(ExplanationError) {
    self.init(try RelevancePropagation(settings: settings, preset: .epsilonPlus))
  }

  /// Checks that every layer has a rule.
  ///
  /// - Throws: `ExplanationError` when one has none, or not the one that was asked for.
  public func check(_ model: Model) throws(ExplanationError) {
    _ = try propagation.plan(of: model, for: Self.info.id)
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when a layer has no rule, or the target or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    let result = try propagation.propagate(input, model, target, for: Self.info.id)
    var attribution = Attribution(
      map: result.map, input: input, output: result.output, target: result.target, scoreSpace: target.space,
      score: result.score,
      completenessGap: propagation.start == .score ? result.map.sum - result.score : nil,
      method: Self.info.id, parameters: result.parameters, preset: Self.info.preset)
    attribution.relevanceByLayer = result.byLayer
    attribution.notes = result.notes
    return attribution
  }
}

extension Explainer where Self == LRP {
  /// Layer-wise relevance propagation by the rules of a preset.
  ///
  /// - Parameters:
  ///   - preset: Which rule every layer gets.
  ///   - start: What is handed back.
  /// - Returns: The method.
  public static func lrp(
    _ preset: RelevancePreset = .epsilonPlus, start: RelevancePropagation.Start = .score
  ) -> Self {
    .init(.init(.preset(preset), start: start))
  }

  /// Layer-wise relevance propagation by rules of your own.
  ///
  /// - Parameters:
  ///   - composite: Which rule every layer gets.
  ///   - start: What is handed back.
  /// - Returns: The method.
  public static func lrp(
    _ composite: RelevanceComposite, start: RelevancePropagation.Start = .score
  ) -> Self {
    .init(.init(.composite(composite, text: composite.text), start: start))
  }
}
