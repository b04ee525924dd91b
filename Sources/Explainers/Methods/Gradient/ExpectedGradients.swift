import Networks
import TensorCore

/// The expectation of integrated gradients over a background set, by random points of random paths.
///
///     map = mean over s of (input' - b[s]) * d score / d input at b[s] + a[s] (input' - b[s])
///
/// `b[s]` is drawn from the background set and `a[s]` uniformly from 0 to 1; `input'` is the input, with normal noise added when there is a
/// deviation. The map sums, in expectation, to the difference between the score at the input and its mean over the background set;
/// how far it misses is the completeness gap, and the standard error at every position is in `Attribution.standardError`.
///
/// - Note: One forward and one backward pass per sample, one forward pass per background item; memory does not grow with the samples. Erion et
///   al., Nature Machine Intelligence 3, 2021; as `GradientShap` in Captum, which takes 5 samples, and `GradientExplainer` in SHAP, which
///   takes 200. Checked against the formula in float64 with NumPy drawing the same numbers: sample `s` takes `randint(len(background))`, `uniform()`
///   and, with a deviation, a `standard_normal()` for every value of the input from `RandomState(w[s])`, where `w[s]` is word `s` of
///   `RandomState(seed)`.
public struct ExpectedGradients: MethodCatalog.Entry {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "expected-gradients", name: "Expected gradients", family: .gradient, preset: .signed,
    summary:
      "What every value of the input contributes to the difference between the score here and on a background set.",
    needs: "any model, and items of a background set", cost: "1 forward and 1 backward pass per sample",
    citation: .erion2021,
    parameters: [
      ParameterInfo(
        "background", "What the input is compared with.",
        values: "zero, mean, blur, noise or the path of a file with items", standard: "noise"),
      ParameterInfo("samples", "Random points of random paths.", values: "1 to 100000", standard: "200"),
      ParameterInfo(
        "deviation", "Standard deviation of the noise that is added to the input.", values: "0 to 1000000",
        standard: "0"),
      ParameterInfo("seed", "Seed of everything random.", values: "0 to 4294967295", standard: "0"),
    ])

  /// What the input is compared with; several items of a given tensor are the background set.
  public var background: Baseline
  /// Random points of random paths.
  public var samples: Int
  /// Standard deviation of the noise that is added to the input.
  public var deviation: Double
  /// Seed of everything random.
  public var seed: UInt32

  /// How many draws of the background `noise` make the set.
  private static let noiseItems = 20
  /// The standard deviation of the background `blur`, in positions.
  private static let blurSigma = 5.0

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - background: What the input is compared with.
  ///   - samples: Random points of random paths, at least one.
  ///   - deviation: Standard deviation of the noise that is added to the input.
  ///   - seed: Seed of everything random.
  public init(
    over background: Baseline = .noise(samples: 20, seed: 0), samples: Int = 200, deviation: Double = 0,
    seed: UInt32 = 0
  ) {
    precondition(
      samples >= 1 && deviation >= 0, "\(samples) samples with a deviation of \(deviation) cannot be drawn")
    self.background = background
    self.samples = samples
    self.deviation = deviation
    self.seed = seed
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    let seed = try settings.seed()
    let background: Baseline =
      switch (settings.background, settings.values["background"] ?? "noise") {
      case (let items?, _): .tensor(items)
      case (nil, "zero"): .zero
      case (nil, "mean"): .mean
      case (nil, "blur"): .blur(sigma: Self.blurSigma)
      case (nil, "noise"): .noise(samples: Self.noiseItems, seed: seed)
      default:
        throw settings.bad("background", expected: "zero, mean, blur, noise or the path of a file")
      }
    self.init(
      over: background, samples: try settings.count("samples", in: 1...100_000, default: 200),
      deviation: try settings.number("deviation", in: 0...1_000_000, default: 0), seed: seed)
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when the target, the background or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    let decision = try model.decision(on: input, for: target)
    let explained = decision.target
    let draws = RandomPathPoints(
      to: input, from: try background.tensors(for: input), count: samples, deviation: deviation, seed: seed)
    let batches = model.streamed(samples)
    var moments = RunningMoments(count: input.count)
    try running { () throws(ModelError) in
      try Threads.stream(batches.count) { (batch) throws(ModelError) in
        let points = draws[batches[batch]]
        return (points, try model.backward(from: explained, at: points.tensor).gradient)
      } into: { points, gradients in
        for (item, difference) in points.differences.enumerated() {
          moments.add(zip(gradients.item(item).values, difference).map { Double($0) * $1 })
        }
      }
    }
    let scores = try running { () throws(ModelError) in
      try draws.starts.map { (start) throws(ModelError) in try model.score(explained, at: start).scores[0] }
    }
    var attribution = Attribution(
      Tensor(input.shape, moments.mean.map { Float($0) }), explaining: input, decision: decision,
      by: Self.info, baselineScore: scores.reduce(0, +) / Double(scores.count),
      parameters: [
        .init("background", background.name), .init("samples", "\(samples)"),
        .init("deviation", "\(deviation)"), .init("seed", "\(seed)"),
      ], passes: samples + draws.starts.count + 1)
    attribution.standardError = moments.standardError.map { Tensor(input.shape, $0.map { Float($0) }) }
    return attribution
  }
}

extension Explainer where Self == ExpectedGradients {
  /// The expectation of integrated gradients over a background set, by random points of random paths.
  ///
  /// - Parameters:
  ///   - background: What the input is compared with.
  ///   - samples: Random points of random paths, at least one.
  ///   - deviation: Standard deviation of the noise that is added to the input.
  ///   - seed: Seed of everything random.
  /// - Returns: The method.
  public static func expectedGradients(
    over background: Baseline = .noise(samples: 20, seed: 0), samples: Int = 200, deviation: Double = 0,
    seed: UInt32 = 0
  ) -> Self {
    .init(over: background, samples: samples, deviation: deviation, seed: seed)
  }
}
