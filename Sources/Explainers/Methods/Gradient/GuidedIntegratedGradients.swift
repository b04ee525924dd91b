import Networks
import TensorCore

/// Gradients integrated along a path that changes first what the score hardly depends on.
///
/// Every step brings the point nearer to the input by an equal part of the distance, the sum of magnitudes: the elements with the smallest
/// gradients, a `fraction` of all at a time, move, as far as a corridor of width `distance` around the straight path lets them. So noise that the
/// straight path meets where gradients are large is left out. The map is the sum over moves of gradient times move, and sums to the
/// difference between the score at the input and at the baseline but for the discretisation; how far it misses is the completeness gap.
///
/// - Note: One forward and one backward pass per step, one after the other. Kapishnikov et al., CVPR 2021, whose code this follows move by
///   move (`saliency.core.guided_ig`, PAIR), with the same defaults. Checked against that algorithm in float64 on a smooth network, where the
///   order of gradients does not hang on rounding.
public struct GuidedIntegratedGradients: MethodCatalog.Entry {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "guided-integrated-gradients", name: "Guided integrated gradients", family: .gradient,
    preset: .signed,
    summary: "Integrated gradients along a path that avoids large gradients where it can.",
    needs: "any model", cost: "1 forward and 1 backward pass per step", citation: .kapishnikov2021,
    parameters: [
      ParameterInfo("steps", "Steps along the path.", values: "1 to 100000", standard: "200"),
      ParameterInfo(
        "fraction", "The share of elements, by the size of their gradients, that may move at a time.",
        values: "0.01 to 1", standard: "0.25"),
      ParameterInfo(
        "distance", "How far a point may be ahead of or behind the straight path, as a share of it.",
        values: "0 to 1", standard: "0.02"),
    ] + Baseline.parameterInfos)

  /// Steps along the path.
  public var steps: Int
  /// The share of elements that may move at a time.
  public var fraction: Double
  /// How far a point may be ahead of or behind the straight path.
  public var distance: Double
  /// Where the path starts.
  public var baseline: Baseline

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - steps: Steps along the path, at least one.
  ///   - fraction: The share of elements, by the size of their gradients, that may move at a time.
  ///   - distance: How far a point may be ahead of or behind the straight path, as a share of it.
  ///   - baseline: Where the path starts.
  public init(
    steps: Int = 200, fraction: Double = 0.25, distance: Double = 0.02, baseline: Baseline = .zero
  ) {
    precondition(
      steps >= 1 && fraction > 0 && fraction <= 1 && (0...1).contains(distance),
      "\(steps) steps by \(fraction) within \(distance) are no guided path")
    self.steps = steps
    self.fraction = fraction
    self.distance = distance
    self.baseline = baseline
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    self.init(
      steps: try settings.count("steps", in: 1...100_000, default: 200),
      fraction: try settings.number("fraction", in: 0.01...1, default: 0.25),
      distance: try settings.number("distance", in: 0...1, default: 0.02),
      baseline: try Baseline(settings: settings))
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when the target, the baseline or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    let decision = try model.decision(on: input, for: target)
    let explained = decision.target
    let baselines = try baseline.tensors(for: input)
    var sums = [Double](repeating: 0, count: input.count)
    var baselineScore = 0.0
    for start in baselines {
      var path = GuidedPath(from: start, to: input, fraction: fraction, distance: distance)
      for step in 1...steps {
        let gradient = try running { () throws(ModelError) in
          try model.backward(from: explained, at: path.point(of: input.shape)).gradient
        }
        path.advance(to: Double(step) / Double(steps), against: gradient.values.map { Double($0) })
      }
      for index in sums.indices { sums[index] += path.attribution[index] / Double(baselines.count) }
      let score = try running { () throws(ModelError) in try model.score(explained, at: start).scores[0] }
      baselineScore += score / Double(baselines.count)
    }
    return Attribution(
      Tensor(input.shape, sums.map { Float($0) }), explaining: input, decision: decision,
      by: Self.info, baselineScore: baselineScore,
      parameters: [
        .init("steps", "\(steps)"), .init("fraction", "\(fraction)"), .init("distance", "\(distance)"),
      ] + baseline.parameters, passes: (steps + 1) * baselines.count + 1)
  }
}

extension Explainer where Self == GuidedIntegratedGradients {
  /// Gradients integrated along a path that changes first what the score hardly depends on.
  ///
  /// - Parameters:
  ///   - steps: Steps along the path, at least one.
  ///   - fraction: The share of elements, by the size of their gradients, that may move at a time.
  ///   - distance: How far a point may be ahead of or behind the straight path, as a share of it.
  ///   - baseline: Where the path starts.
  /// - Returns: The method.
  public static func guidedIntegratedGradients(
    steps: Int = 200, fraction: Double = 0.25, distance: Double = 0.02, baseline: Baseline = .zero
  ) -> Self {
    .init(steps: steps, fraction: fraction, distance: distance, baseline: baseline)
  }
}
