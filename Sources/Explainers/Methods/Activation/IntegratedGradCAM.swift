import Networks
import TensorCore

/// Grad-CAM along the straight path from a baseline to the input.
///
///     A(a), G(a) = feature maps and the score's gradient there at the input x(a) = baseline + a (input - baseline)
///     map        = resize(integral over a in 0...1 of relu(sum over k of mean(G(a)[..., k]) * (A(a)[..., k] - A(0)[..., k])))
///
/// The rectification is inside the integral. With one step by the rule `right` and the reference `zero` this is Grad-CAM.
///
/// - Note: One forward pass, and for every step one forward pass and a backward pass behind the layers; one pass gives the feature maps
///   and gradients of all layers, and memory does not grow with the number of steps. Sattarzadeh et al., ICASSP 2021. Checked against the
///   formula in float64. The authors' code takes 50 steps by the rule `left`, the reference `zero` and a sum instead of a mean over
///   steps; gradients are summed over positions in the paper and averaged in the code, as here.
public struct IntegratedGradCAM: FeatureMapMethod {
  /// What feature maps on the path are compared with.
  public enum DeltaReference: String, Sendable, CaseIterable {
    /// The feature maps at the baseline, as the paper has it.
    case baseline
    /// Nothing, as the authors' code has it.
    case zero
  }

  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "integrated-grad-cam", name: "Integrated Grad-CAM", family: .activation, preset: .nonNegative,
    summary: "Where the feature maps that speak for the class become active on the way from a baseline.",
    needs: "a layer with feature maps",
    cost: "1 forward pass and the backward pass behind the layer per step", citation: .integratedGradCAM2021,
    parameters: FeatureMapOptions.parameters + [
      ParameterInfo("steps", "Steps along the path.", values: "1 to 100000", standard: "50"),
      ParameterInfo(
        "rule", "How the integral becomes a sum.",
        values: PathRule.allCases.map(\.rawValue).joined(separator: ", "),
        standard: PathRule.midpoint.rawValue),
      ParameterInfo(
        "delta-reference", "What feature maps on the path are compared with: those at the baseline, or zero.",
        values: DeltaReference.allCases.map(\.rawValue).joined(separator: ", "),
        standard: DeltaReference.baseline.rawValue),
    ] + Baseline.parameterInfos)

  /// The layers, and how their maps come to the input's resolution.
  public var options: FeatureMapOptions
  /// Steps along the path.
  public var steps: Int
  /// How the integral becomes a sum.
  public var rule: PathRule
  /// Where the path starts.
  public var baseline: Baseline
  /// What feature maps on the path are compared with.
  public var reference: DeltaReference

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - options: The layers, and how their maps come to the input's resolution.
  ///   - steps: Steps along the path, at least one.
  ///   - rule: How the integral becomes a sum.
  ///   - baseline: Where the path starts.
  ///   - reference: What feature maps on the path are compared with.
  public init(
    _ options: FeatureMapOptions = .init(), steps: Int = 50, rule: PathRule = .midpoint,
    baseline: Baseline = .zero, reference: DeltaReference = .baseline
  ) {
    precondition(steps >= 1, "a path has at least one step, not \(steps)")
    self.options = options
    self.steps = steps
    self.rule = rule
    self.baseline = baseline
    self.reference = reference
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    self.init(
      try FeatureMapOptions(settings: settings),
      steps: try settings.count("steps", in: 1...100_000, default: 50),
      rule: try settings.choice("rule", default: .midpoint), baseline: try Baseline(settings: settings),
      reference: try settings.choice("delta-reference", default: .baseline))
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when a layer has no feature maps, or the target, the baseline or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    let nodes = try options.nodes(in: model, for: Self.info.id)
    let pass = try running { () throws(ModelError) in
      try model.forward(to: target, at: input, keeping: nodes)
    }
    let explained = target.fixed(to: pass.targets[0])
    let points = rule.nodes(steps: steps)
    let starts = try baseline.tensors(for: input)
    var sums = pass.values.map { [Double](repeating: 0, count: $0.shape.positions) }
    for start in starts {
      let path = FeatureMapPath(
        path: StraightPath(from: start, to: input), nodes: nodes, isRectified: options.isRectified)
      let maps = try running { () throws(ModelError) in
        let references =
          reference == .zero ? pass.values.map { Tensor($0.shape) } : try model.values(of: nodes, at: [start])
        return try path.integrate(explained, model, over: points, against: references)
      }
      for (layer, map) in maps.enumerated() {
        for index in map.indices { sums[layer][index] += map[index] / Double(starts.count) }
      }
    }
    let signed = zip(sums, pass.values).map { Tensor($1.shape.with(channels: 1), $0.map { Float($0) }) }
    let maps = LayerMaps(nodes: nodes, pass: pass, signed: signed, passes: 1 + starts.count * points.count)
    return options.attribution(
      of: maps, explaining: input, of: model, in: target.space, by: Self.info,
      [
        .init("steps", "\(steps)"), .init("rule", rule.rawValue),
        .init("delta-reference", reference.rawValue),
      ] + baseline.parameters)
  }
}

extension Explainer where Self == IntegratedGradCAM {
  /// Grad-CAM along the straight path from a baseline to the input.
  ///
  /// - Parameters:
  ///   - layers: The layers whose outputs are used; without any, the last convolution's.
  ///   - steps: Steps along the path, at least one.
  ///   - rule: How the integral becomes a sum.
  ///   - baseline: Where the path starts.
  ///   - reference: What feature maps on the path are compared with.
  /// - Returns: The method.
  public static func integratedGradCAM(
    at layers: String..., steps: Int = 50, rule: PathRule = .midpoint, baseline: Baseline = .zero,
    reference: IntegratedGradCAM.DeltaReference = .baseline
  ) -> Self {
    .init(
      FeatureMapOptions(layers: layers), steps: steps, rule: rule, baseline: baseline, reference: reference)
  }
}
