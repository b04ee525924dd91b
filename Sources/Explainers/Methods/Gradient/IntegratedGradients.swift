import Networks
import TensorCore

/// Gradients integrated along the straight path from a baseline to the input.
///
///     map = (input - baseline) * integral over a in 0...1 of d score / d input at baseline + a (input - baseline)
///
/// The map sums to the difference between the score at the input and at the baseline; how far it misses is the completeness gap.
///
/// - Note: One forward and one backward pass per node of the rule and draw of the baseline, and two forward passes. Memory does not grow with
///   the number of steps. Sundararajan, Taly and Yan, ICML 2017. Checked against float64 autograd for every rule. Captum's trapezoid has
///   weights that sum to `(n - 1) / n`; here they sum to one.
public struct IntegratedGradients: MethodCatalog.Entry {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "integrated-gradients", name: "Integrated gradients", family: .gradient, preset: .signed,
    summary:
      "What every value of the input contributes to the difference between the score here and at a baseline.",
    needs: "any model", cost: "1 forward and 1 backward pass per step", citation: .sundararajan2017,
    parameters: [
      ParameterInfo("steps", "Steps along the path.", values: "1 to 100000", standard: "50"),
      ParameterInfo(
        "rule", "How the integral becomes a sum.",
        values: PathRule.allCases.map(\.rawValue).joined(separator: ", "),
        standard: PathRule.midpoint.rawValue),
      ParameterInfo(
        "baseline", "Where the path starts.", values: "zero, mean, blur, noise or the path of a file",
        standard: "zero"),
      ParameterInfo(
        "sigma", "Standard deviation of the baseline 'blur', in positions.", values: "0.1 to 1000",
        standard: "5"),
      ParameterInfo("samples", "Draws of the baseline 'noise'.", values: "1 to 10000", standard: "10"),
      ParameterInfo("seed", "Seed of the baseline 'noise'.", values: "0 to 4294967295", standard: "0"),
    ])

  /// Steps along the path.
  public var steps: Int
  /// How the integral becomes a sum.
  public var rule: PathRule
  /// Where the path starts.
  public var baseline: Baseline

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - steps: Steps along the path, at least one.
  ///   - rule: How the integral becomes a sum.
  ///   - baseline: Where the path starts.
  public init(steps: Int = 50, rule: PathRule = .midpoint, baseline: Baseline = .zero) {
    precondition(steps >= 1, "a path has at least one step, not \(steps)")
    self.steps = steps
    self.rule = rule
    self.baseline = baseline
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    self.init(
      steps: try settings.count("steps", in: 1...100_000, default: 50),
      rule: try settings.choice("rule", default: .midpoint),
      baseline: try Baseline(settings: settings))
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when the target, the baseline or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    let pass = try running { () throws(ModelError) in try model.backward(from: target, at: input) }
    let explained = Target(.index(pass.targets[0]), in: target.space)
    let baselines = try baseline.tensors(for: input)
    var sums = [Double](repeating: 0, count: input.count)
    var baselineScore = 0.0
    for start in baselines {
      let score = try running { () throws(ModelError) in try model.score(explained, at: start).scores[0] }
      baselineScore += score / Double(baselines.count)
      let path = StraightPath(from: start, to: input)
      let integral = try path.integrateGradient(of: explained, model, over: rule.nodes(steps: steps))
      for (index, value) in path.difference.enumerated() {
        sums[index] += value * integral[index] / Double(baselines.count)
      }
    }
    let map = Tensor(input.shape, sums.map { Float($0) })
    return Attribution(
      map, explaining: input, pass: pass, in: target.space, by: Self.info, baselineScore: baselineScore,
      parameters: parameters)
  }

  private var parameters: [Attribution.Parameter] {
    var parameters: [Attribution.Parameter] = [
      .init("steps", "\(steps)"), .init("rule", rule.rawValue), .init("baseline", baseline.name),
    ]
    switch baseline {
    case .blur(let sigma): parameters.append(.init("sigma", "\(sigma)"))
    case .noise(let samples, let seed):
      parameters += [.init("samples", "\(samples)"), .init("seed", "\(seed)")]
    case .zero, .mean, .tensor: break
    }
    return parameters
  }
}

extension Explainer where Self == IntegratedGradients {
  /// Gradients integrated along the straight path from a baseline to the input.
  ///
  /// - Parameters:
  ///   - steps: Steps along the path.
  ///   - rule: How the integral becomes a sum.
  ///   - baseline: Where the path starts.
  /// - Returns: The method.
  public static func integratedGradients(
    steps: Int = 50, rule: PathRule = .midpoint, baseline: Baseline = .zero
  ) -> Self {
    .init(steps: steps, rule: rule, baseline: baseline)
  }
}

extension Baseline {
  /// The baseline that a user asked for; parameters of other baselines are checked all the same.
  fileprivate init(settings: MethodSettings) throws(ExplanationError) {
    let sigma = try settings.number("sigma", in: 0.1...1000, default: 5)
    let samples = try settings.count("samples", in: 1...10_000, default: 10)
    let seed = UInt32(try settings.count("seed", in: 0...Int(UInt32.max), default: 0))
    if let tensor = settings.baseline {
      self = .tensor(tensor)
      return
    }
    switch settings.values["baseline"] ?? "zero" {
    case "zero": self = .zero
    case "mean": self = .mean
    case "blur": self = .blur(sigma: sigma)
    case "noise": self = .noise(samples: samples, seed: seed)
    default: throw settings.bad("baseline", expected: "zero, mean, blur, noise or the path of a file")
    }
  }
}
