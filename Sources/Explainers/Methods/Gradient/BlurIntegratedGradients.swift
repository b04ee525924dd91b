import Networks
import TensorCore

/// Gradients integrated along the path on which the input becomes sharp.
///
///     L(s) = input smoothed by a Gaussian of standard deviation s;  s[k] = sigma * k / steps
///     map  = sum over k of (d score / d input at L((s[k] + s[k+1]) / 2)) * (L(s[k]) - L(s[k+1]))
///
/// Nothing is compared with a baseline from outside: the path ends at the input as blurred as it gets, and shows which details at which scale
/// make the score. The map sums to the difference between the score at the input and at the most blurred input, but for the
/// discretisation; how far it misses is the completeness gap.
///
/// - Note: One forward and one backward pass per step; memory does not grow with their number. Xu, Venugopalan and Sundararajan, CVPR 2020.
///   Checked against the formula in float64 with `scipy.ndimage.gaussian_filter`. The authors' code multiplies the gradient at the sharper
///   end by a difference quotient in `s` instead, with zeros beyond the border where this reflects the input.
public struct BlurIntegratedGradients: MethodCatalog.Entry {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "blur-integrated-gradients", name: "Blur integrated gradients", family: .gradient, preset: .signed,
    summary: "What every detail contributes to the score while a blurred input becomes sharp.",
    needs: "any model", cost: "1 forward and 1 backward pass per step", citation: .xu2020,
    parameters: [
      ParameterInfo("steps", "Steps along the path.", values: "1 to 100000", standard: "50"),
      ParameterInfo(
        "sigma",
        "Standard deviation of the strongest blur, in positions; auto: a quarter of the longest axis.",
        values: "0.1 to 1000 or auto", standard: "auto"),
    ])

  /// Steps along the path.
  public var steps: Int
  /// Standard deviation of the strongest blur, in positions, or `nil` for a quarter of the longest axis.
  public var sigma: Double?

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - steps: Steps along the path, at least one.
  ///   - sigma: Standard deviation of the strongest blur, in positions, or `nil` for a quarter of the longest axis.
  public init(steps: Int = 50, sigma: Double? = nil) {
    precondition(
      steps >= 1 && sigma.map { $0 > 0 } ?? true, "\(steps) steps up to a blur of \(sigma ?? 0) are no path")
    self.steps = steps
    self.sigma = sigma
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    let isAutomatic =
      settings.values["sigma"] ?? PathIntegration.automaticName == PathIntegration.automaticName
    self.init(
      steps: try settings.count("steps", in: 1...100_000, default: PathIntegration.standardSteps),
      sigma: isAutomatic ? nil : try settings.number("sigma", in: 0.1...1000, default: 5))
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when the target or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    let decision = try model.decision(on: input, for: target)
    let explained = decision.target
    let strongest = sigma ?? Double(input.shape.spatial.max() ?? 1) / 4
    @Sendable func blurred(_ step: Double) -> Tensor {
      input.blurred(sigma: strongest * step / Double(steps))
    }
    var sums = [Double](repeating: 0, count: input.count)
    let batches = model.streamed(steps)
    let baselineScore = try running { () throws(ModelError) in
      try Threads.stream(batches.count) { (batch) throws(ModelError) in
        let range = batches[batch]
        let middles = Tensor(joining: range.map { blurred(Double($0) + 0.5) })
        let gradients = try model.backward(from: explained, at: middles).gradient
        return (range, gradients)
      } into: { range, gradients in
        for (item, step) in range.enumerated() {
          let (sharper, duller) = (blurred(Double(step)).values, blurred(Double(step + 1)).values)
          for (index, gradient) in gradients.item(item).values.enumerated() {
            sums[index] += Double(gradient) * (Double(sharper[index]) - Double(duller[index]))
          }
        }
      }
      return try model.score(explained, at: blurred(Double(steps))).scores[0]
    }
    return Attribution(
      Tensor(input.shape, sums.map { Float($0) }), explaining: input, decision: decision, by: Self.info,
      baselineScore: baselineScore,
      parameters: [.init("steps", "\(steps)"), .init("sigma", "\(strongest)")], passes: steps + 2)
  }
}

extension Explainer where Self == BlurIntegratedGradients {
  /// Gradients integrated along the path on which the input becomes sharp.
  ///
  /// - Parameters:
  ///   - steps: Steps along the path, at least one.
  ///   - sigma: Standard deviation of the strongest blur, in positions, or `nil` for a quarter of the longest axis.
  /// - Returns: The method.
  public static func blurIntegratedGradients(steps: Int = 50, sigma: Double? = nil) -> Self {
    .init(steps: steps, sigma: sigma)
  }
}
