import Networks
import TensorCore

/// DeepLIFT by its Rescale rule: the difference of the score to that of a baseline, handed back as differences of every layer.
///
///     m(output) = 1
///     m(in)     = m(out) * (f(in) - f(in')) / (in - in')     at an element-wise function, its derivative where in = in'
///     m(in)     = transposed linear map of m(out)             at a linear layer
///     map       = (input - baseline) * m(input)
///
/// Values at the baseline have a dash. Shapes: the map has the shape of the input, `[1, spatial..., channels]`. What a maximum gains goes to the
/// winner at the item and what it loses to the winner at the baseline. Of a product each factor has the mean of the other's two values as its
/// slope. A softmax, and the score `probability` of one, has the slope of every output over its own input, less the mean of all.
///
/// Which positions of a sequence are masked is taken as it is at the item.
///
/// The map of a logit sums to the difference between the score at the input and at the baseline, up to rounding. Recentring at a softmax
/// gives this up; the completeness gap says by how much.
///
/// - Note: Two forward passes and one backward pass for every baseline. Shrikumar, Greenside and Kundaje, ICML 2017. Checked against Captum
///   in float64. Differs from Captum 0.9 where windows of a pooling overlap, of whose shares Captum keeps one, and where a maximum reads the
///   output of a rectifier itself: Captum's hooks on it get into each other's way, and its maps do not sum to the difference.
public struct DeepLIFT: MethodCatalog.Entry {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "deep-lift", name: "DeepLIFT", family: .gradient, preset: .signed,
    summary:
      "What every value of the input contributes to the difference between the score here and at a baseline, by one pass back.",
    needs: "a model without recurrent layers and attention",
    cost: "2 forward passes and 1 backward pass", citation: .shrikumar2017,
    parameters: [
      ParameterInfo(
        "baseline", "What the input is compared with.",
        values: "zero, mean, blur, noise or the path of a file",
        standard: "zero"),
      ParameterInfo(
        "sigma", "Standard deviation of the baseline 'blur', in positions.", values: "0.1 to 1000",
        standard: "5"),
      ParameterInfo("samples", "Draws of the baseline 'noise'.", values: "1 to 10000", standard: "10"),
      ParameterInfo("seed", "Seed of the baseline 'noise'.", values: "0 to 4294967295", standard: "0"),
    ])

  /// What the input is compared with.
  public var baseline: Baseline

  /// Creates the method.
  ///
  /// - Parameter baseline: What the input is compared with.
  public init(baseline: Baseline = .zero) { self.baseline = baseline }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    self.init(baseline: try Baseline(settings: settings))
  }

  /// Checks that differences can be handed back through every layer.
  ///
  /// - Throws: `ExplanationError.layerWithoutRule` for one through which they cannot.
  public func check(_ model: Model) throws(ExplanationError) {
    for id in model.nodes(before: model.head.logits) where !model.nodes[id].inputs.isEmpty {
      let node = model.nodes[id]
      let isPair = (node.layer as? MergeLayer)?.kind != .multiply || node.inputs.count == 2
      guard isPair, Rescale(of: node.layer) != nil else {
        throw .layerWithoutRule(method: Self.info.id, layer: node.layerName, layerClass: node.layerClass)
      }
    }
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when a layer has no rule, or the target, the baseline or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    try check(model)
    let pass = try running { () throws(ModelError) in try model.differences(from: target, at: input) }
    let baselines = try baseline.tensors(for: input)
    var sums = [Double](repeating: 0, count: input.count)
    var baselineScore = 0.0
    for start in baselines {
      let (multipliers, score) = try running { () throws(ModelError) in
        try pass.multipliers(against: start)
      }
      baselineScore += score / Double(baselines.count)
      for (index, (value, multiplier)) in zip((input - start).values, multipliers.values).enumerated() {
        sums[index] += Double(value) * Double(multiplier) / Double(baselines.count)
      }
    }
    let map = Tensor(input.shape, sums.map { Float($0) })
    let gap = map.sum - (pass.score - baselineScore)
    return Attribution(
      map: map, input: input, output: pass.output, target: pass.target.index ?? 0, scoreSpace: target.space,
      score: pass.score, baselineScore: baselineScore, completenessGap: gap, method: Self.info.id,
      parameters: baseline.parameters, preset: Self.info.preset)
  }
}

extension Explainer where Self == DeepLIFT {
  /// DeepLIFT by its Rescale rule.
  ///
  /// - Parameter baseline: What the input is compared with.
  /// - Returns: The method.
  public static func deepLIFT(baseline: Baseline = .zero) -> Self { .init(baseline: baseline) }
}
