import Networks
import TensorCore

/// Gradients integrated along the straight path from a baseline to the input.
///
///     map = (input - baseline) * integral over a in 0...1 of d score / d input at baseline + a (input - baseline)
///
/// The map sums to the difference between the score at the input and at the baseline; how far it misses is the completeness gap.
///
/// The variant `tf-explain` is what published tables of that library's "integrated gradients" show, and no integrated gradients: the
/// absolute mean gradient at `steps` points from the baseline to the input, both included, without the factor `input - baseline`, summed
/// over channels. It promises no completeness. The library takes 10 points and the score `probability`.
///
/// The variants `tf-explain-uint8` and `tf-explain-uint8-wrapped` go on as that library does to show such a map `m` as an image, because
/// published tables judged that image:
///
///     z = (m - mean of m) / max(standard deviation of m, 1 / sqrt(positions))
///     map = 255 z, cut off behind the point, in 0...255: the nearest of them, or modulo 256 (wrapped)
///
/// The library leaves the cast to TensorFlow, which does not define it: version 2.12 wraps, 2.21 takes the nearest value for whole vectors
/// of 64 and wraps the rest (tried on processors without graphics). Either way many values become equal, and wrapped ones lose their order:
/// -1 becomes 255, and 256 becomes 0. These maps are there to reproduce tables, not to explain anything.
///
/// Unless steps, a rule or a tolerance are given, the integral is exact where it can be: the logit of a piecewise linear model is walked
/// from kink to kink.
///
/// - Note: One forward and one backward pass per node of the rule and draw of the baseline, and two forward passes; the exact integral takes
///   about two such passes per piece of the path. Memory does not grow with the number of steps. Sundararajan, Taly and Yan, ICML 2017;
///   exact: Sotoudeh and Thakur, NeurIPS 2019. Checked against float64 autograd for every rule. Captum's trapezoid has weights that sum to
///   `(n - 1) / n`; here they sum to one.
public struct IntegratedGradients: MethodCatalog.Entry {
  /// What is made of the gradients along the path.
  public enum Variant: String, Sendable, CaseIterable {
    /// Their integral times the difference between input and baseline.
    case paper
    /// The absolute value of their mean.
    case tfExplain = "tf-explain"
    /// That, standardised and in 8 bits, the nearest where a value does not fit.
    case tfExplainUInt8 = "tf-explain-uint8"
    /// That, standardised and in 8 bits, modulo 256 where a value does not fit.
    case tfExplainUInt8Wrapped = "tf-explain-uint8-wrapped"
  }

  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "integrated-gradients", name: "Integrated gradients", family: .gradient, preset: .signed,
    summary:
      "What every value of the input contributes to the difference between the score here and at a baseline.",
    needs: "any model", cost: "1 forward and 1 backward pass per step", citation: .sundararajan2017,
    parameters: [
      ParameterInfo(
        "steps", "Steps along the path; auto: the exact integral where there is one, else 50.",
        values: "1 to 100000 or \(PathIntegration.automaticName)", standard: PathIntegration.automaticName),
      ParameterInfo(
        "rule", "How the integral becomes a sum; exact: in closed form between kinks.",
        values: (PathRule.allCases.map(\.rawValue) + PathIntegration.otherRules).joined(separator: ", "),
        standard: PathIntegration.automaticName),
      ParameterInfo(
        "tolerance",
        "Refines the path until the completeness gap is at most this share of the score's difference.",
        values: "0.0001 to 1 or \(PathIntegration.automaticName)", standard: PathIntegration.automaticName),
      ParameterInfo(
        "variant",
        "The integral of the paper, the absolute mean gradient of tf-explain, or its image of that in 8 bits.",
        values: Variant.allCases.map(\.rawValue).joined(separator: ", "), standard: Variant.paper.rawValue),
    ] + Baseline.parameterInfos)

  /// How the gradient is integrated.
  public var integration: PathIntegration
  /// Where the path starts.
  public var baseline: Baseline
  /// What is made of the gradients along the path; of `integration` the variants of tf-explain take the number of steps alone.
  public var variant: Variant

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - integration: How the gradient is integrated.
  ///   - baseline: Where the path starts.
  ///   - variant: What is made of the gradients along the path.
  public init(
    _ integration: PathIntegration = .automatic, baseline: Baseline = .zero, variant: Variant = .paper
  ) {
    self.integration = integration
    self.baseline = baseline
    self.variant = variant
  }

  /// Creates the method with a number of steps.
  ///
  /// - Parameters:
  ///   - steps: Steps along the path, at least one.
  ///   - rule: How the integral becomes a sum.
  ///   - baseline: Where the path starts.
  public init(steps: Int, rule: PathRule = .midpoint, baseline: Baseline = .zero) {
    precondition(steps >= 1, "a path has at least one step, not \(steps)")
    self.init(.steps(steps, rule), baseline: baseline)
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError` for a value that the method does not take, or for parameters that exclude each other.
  public init(settings: MethodSettings) throws(ExplanationError) {
    let variant = try settings.choice("variant", default: Variant.paper)
    for other in ["rule", "tolerance"] where variant != .paper {
      if let value = settings.values[other], value != PathIntegration.automaticName {
        throw .parametersExclude(method: settings.method, first: "variant=\(variant.rawValue)", second: other)
      }
    }
    self.init(
      try PathIntegration(settings: settings), baseline: try Baseline(settings: settings), variant: variant)
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when the target, the baseline or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    if variant != .paper { return try absoluteMeanGradient(at: input, of: model, for: target) }
    let decision = try model.decision(on: input, for: target)
    let explained = decision.target
    let baselines = try baseline.tensors(for: input)
    var sums = [Double](repeating: 0, count: input.count)
    var baselineScore = 0.0
    var integrals: [PathIntegral] = []
    for start in baselines {
      let score = try running { () throws(ModelError) in try model.score(explained, at: start).scores[0] }
      baselineScore += score / Double(baselines.count)
      let path = StraightPath(from: start, to: input)
      let integral = try integration.integrate(explained, model, along: path)
      for (index, value) in path.difference.enumerated() {
        sums[index] += value * integral.values[index] / Double(baselines.count)
      }
      integrals.append(
        PathIntegral(
          values: [], integration: integral.integration, passes: integral.passes, notes: integral.notes))
    }
    let map = Tensor(input.shape, sums.map { Float($0) })
    var attribution = Attribution(
      map, explaining: input, decision: decision, by: Self.info, baselineScore: baselineScore,
      parameters: integrals[0].integration.parameters + [.init("variant", variant.rawValue)]
        + baseline.parameters, passes: integrals.reduce(0) { $0 + $1.passes })
    attribution.notes = integrals[0].notes
    return attribution
  }
}

extension Explainer where Self == IntegratedGradients {
  /// Gradients integrated along the straight path from a baseline to the input.
  ///
  /// - Parameters:
  ///   - integration: How the gradient is integrated.
  ///   - baseline: Where the path starts.
  /// - Returns: The method.
  public static func integratedGradients(
    _ integration: PathIntegration = .automatic, baseline: Baseline = .zero
  ) -> Self {
    .init(integration, baseline: baseline)
  }

  /// Gradients integrated along the straight path from a baseline to the input, in a number of steps.
  ///
  /// - Parameters:
  ///   - steps: Steps along the path.
  ///   - rule: How the integral becomes a sum.
  ///   - baseline: Where the path starts.
  /// - Returns: The method.
  public static func integratedGradients(
    steps: Int, rule: PathRule = .midpoint, baseline: Baseline = .zero
  ) -> Self {
    .init(steps: steps, rule: rule, baseline: baseline)
  }
}

extension PathIntegration {
  /// The integration that a user asked for.
  fileprivate init(settings: MethodSettings) throws(ExplanationError) {
    var settings = settings
    settings.values = settings.values.filter {
      !["steps", "rule", "tolerance"].contains($0.key) || $0.value != Self.automaticName
    }
    let steps = try settings.count("steps", in: 1...100_000, default: Self.standardSteps)
    let tolerance = try settings.number("tolerance", in: Self.tolerances, default: 1)
    let isExact = settings.values["rule"] == Self.exactName
    let rule =
      isExact ? .midpoint : try settings.choice("rule", default: PathRule.midpoint, or: Self.otherRules)
    let given = ["steps", "rule"].filter { settings.values[$0] != nil }
    if settings.values["tolerance"] != nil {
      if let other = given.first {
        throw .parametersExclude(method: settings.method, first: "tolerance", second: other)
      }
      self = .tolerance(tolerance)
    } else if isExact {
      if given.contains("steps") {
        throw .parametersExclude(method: settings.method, first: "rule=exact", second: "steps")
      }
      self = .exact
    } else {
      self = given.isEmpty ? .automatic : .steps(steps, rule)
    }
  }

  /// The parameters that ask for this integration.
  fileprivate var parameters: [Attribution.Parameter] {
    switch self {
    case .steps(let steps, let rule): [.init("steps", "\(steps)"), .init("rule", rule.rawValue)]
    case .tolerance(let tolerance): [.init("tolerance", "\(tolerance)")]
    case .exact: [.init("rule", Self.exactName)]
    case .automatic: []
    }
  }
}
