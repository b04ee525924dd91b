import Networks
import TensorCore

/// The gradient of the score, taken together over noisy copies of the input.
///
///     g[s] = d score / d input at input + sigma * n[s],  n[s] normal,  sigma = noise * (largest - smallest value of the input)
///     map  = mean over s of g[s], or of g[s]^2, or the variance of g[s] over s
///
/// The class is that of the input without noise. With `mean` and `squared` the standard error at every position is in
/// `Attribution.standardError`. A constant input has no range, so that its copies have no noise.
///
/// - Note: One forward pass, and one forward and one backward pass per sample; memory does not grow with their number. Smilkov et al.,
///   arXiv:1706.03825, 2017, take about 50 samples and 10 to 20 % of noise; the variance is that of Adebayo et al., 2018. Checked against
///   the formula in float64 with NumPy drawing the same numbers: sample `s` takes those of `RandomState(w[s])`, where `w[s]` is word `s`
///   of `RandomState(seed)`. PAIR squares by default, and Captum takes 5 samples of absolute deviation 1.
public struct SmoothGrad: MethodCatalog.Entry {
  /// What is made of the gradients of all samples.
  public enum Form: String, Sendable, CaseIterable {
    /// Their mean.
    case mean
    /// The mean of their squares.
    case squared
    /// Their variance: the mean squared distance to their mean.
    case variance
  }

  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "smooth-grad", name: "SmoothGrad", family: .gradient, preset: .signed,
    summary: "How the score changes with a value of the input, on average over noisy copies of it.",
    needs: "any model", cost: "1 forward and 1 backward pass per sample", citation: .smilkov2017,
    parameters: [
      ParameterInfo("samples", "Noisy copies of the input.", values: "1 to 10000", standard: "50"),
      ParameterInfo(
        "noise", "Standard deviation of the noise, as a share of the input's range.", values: "0 to 10",
        standard: "0.15"),
      ParameterInfo(
        "form", "What is made of the gradients of all copies.",
        values: Form.allCases.map(\.rawValue).joined(separator: ", "), standard: Form.mean.rawValue),
      ParameterInfo("seed", "Seed of the noise.", values: "0 to 4294967295", standard: "0"),
    ])

  /// Noisy copies of the input.
  public var samples: Int
  /// Standard deviation of the noise, as a share of the input's range.
  public var noise: Double
  /// What is made of the gradients of all copies.
  public var form: Form
  /// Seed of the noise.
  public var seed: UInt32

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - samples: Noisy copies of the input, at least one.
  ///   - noise: Standard deviation of the noise, as a share of the input's range.
  ///   - form: What is made of the gradients of all copies.
  ///   - seed: Seed of the noise.
  public init(samples: Int = 50, noise: Double = 0.15, form: Form = .mean, seed: UInt32 = 0) {
    precondition(samples >= 1 && noise >= 0, "\(samples) samples of noise \(noise) cannot be drawn")
    self.samples = samples
    self.noise = noise
    self.form = form
    self.seed = seed
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    self.init(
      samples: try settings.count("samples", in: 1...10_000, default: 50),
      noise: try settings.number("noise", in: 0...10, default: 0.15),
      form: try settings.choice("form", default: .mean),
      seed: UInt32(try settings.count("seed", in: 0...Int(UInt32.max), default: 0)))
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when the target or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    let pass = try running { () throws(ModelError) in
      try model.forward(to: target, at: input, keeping: [])
    }
    let explained = target.fixed(to: pass.targets[0])
    let copies = NoisyCopies(of: input, count: samples, noise: noise, seed: seed)
    let batches = model.streamed(samples)
    var moments = RunningMoments(count: input.count)
    let isSquared = form == .squared
    try running { () throws(ModelError) in
      try Threads.stream(batches.count) { (batch) throws(ModelError) in
        try model.backward(from: explained, at: copies[batches[batch]]).gradient
      } into: { gradients in
        for item in 0..<gradients.shape.batch {
          let gradient = gradients.item(item).values
          moments.add(gradient.map { isSquared ? Double($0) * Double($0) : Double($0) })
        }
      }
    }
    let values = form == .variance ? moments.variance : moments.mean
    var attribution = Attribution(
      map: Tensor(input.shape, values.map { Float($0) }), input: input, output: pass.output,
      target: pass.targets[0], scoreSpace: target.space, score: pass.scores[0], method: Self.info.id,
      parameters: [
        .init("samples", "\(samples)"), .init("noise", "\(noise)"), .init("form", form.rawValue),
        .init("seed", "\(seed)"),
      ],
      preset: form == .mean ? .signed : .nonNegative)
    attribution.passes = samples + 1
    if form != .variance, let error = moments.standardError {
      attribution.standardError = Tensor(input.shape, error.map { Float($0) })
    }
    return attribution
  }
}

extension Explainer where Self == SmoothGrad {
  /// The gradient of the score, taken together over noisy copies of the input.
  ///
  /// - Parameters:
  ///   - samples: Noisy copies of the input, at least one.
  ///   - noise: Standard deviation of the noise, as a share of the input's range.
  ///   - form: What is made of the gradients of all copies.
  ///   - seed: Seed of the noise.
  /// - Returns: The method.
  public static func smoothGrad(
    samples: Int = 50, noise: Double = 0.15, form: SmoothGrad.Form = .mean, seed: UInt32 = 0
  ) -> Self {
    .init(samples: samples, noise: noise, form: form, seed: seed)
  }
}
