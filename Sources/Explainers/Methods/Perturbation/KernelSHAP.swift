import Networks
import TensorCore

/// The Shapley values of the segments of the input: what each adds to the score, averaged over all orders in which they could be shown.
///
///     map at every position of segment i = b[i]
///     minimise over b:  sum over coalitions z of weight(z) (score(z) - score(nothing) - z b)^2
///     where b sums to score(all) - score(nothing),  weight(z) = (M - 1) / (binomial(M, |z|) |z| (M - |z|))
///
/// All coalitions of the `M` segments are scored when there are no more than `masks` of them; the values are then exact. Else sizes are drawn
/// with a probability proportional to `(M - 1) / (s (M - s))` and members at random, all of the same weight. The baseline's score is that of
/// the input with everything hidden. `baselineScore` and the gap refer to the sum over segments, each counted once.
///
/// - Note: One forward pass per coalition; memory does not grow with their number. Lundberg and Lee, NeurIPS 2017. Checked against Captum's
///   ShapleyValues over all permutations, and with sampled coalitions against NumPy's solution of the constrained equations. Captum meets the
///   constraint by weights of a million.
public struct KernelSHAP: MethodCatalog.Entry {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "kernel-shap", name: "Kernel SHAP", family: .perturbation, preset: .signed,
    summary:
      "What every segment adds to the score, averaged over all orders in which segments could be shown.",
    needs: "any model", cost: "1 forward pass per coalition of segments", citation: .lundberg2017,
    parameters: [
      ParameterInfo(
        "masks", "The most coalitions that are scored.", values: "1 to 1000000", standard: "4096")
    ] + Segmentation.parameters + [Hiding.stopping] + Hiding.parameters(isRandom: true))

  /// The most coalitions that are scored.
  public var masks: Int
  /// How the input is divided.
  public var segmentation: Segmentation
  /// What hidden values become.
  public var baseline: Baseline
  /// Seed of the coalitions.
  public var seed: UInt32
  /// Whether to stop as soon as the highest tenth of the values no longer changes (see `MaskSchedule`); exact values are always finished.
  public var stopsWhenStable: Bool

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - masks: The most coalitions that are scored, at least one.
  ///   - segmentation: How the input is divided.
  ///   - baseline: What hidden values become.
  ///   - seed: Seed of the coalitions.
  ///   - stopsWhenStable: Whether to stop as soon as the highest tenth of the values no longer changes.
  public init(
    masks: Int = 4096, segmentation: Segmentation = .automatic, baseline: Baseline = .zero, seed: UInt32 = 0,
    stopsWhenStable: Bool = false
  ) {
    precondition(masks >= 1, "there is at least one coalition, not \(masks)")
    self.masks = masks
    self.segmentation = segmentation
    self.baseline = baseline
    self.seed = seed
    self.stopsWhenStable = stopsWhenStable
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    self.init(
      masks: try settings.count("masks", in: 1...1_000_000, default: 4096),
      segmentation: try Segmentation(settings: settings),
      baseline: try Baseline(settings: settings, samples: 1), seed: try settings.seed(),
      stopsWhenStable: try settings.flag(Hiding.stopping.name, default: false))
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when the target, the baseline or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    let masked = try MaskedModel(model, at: input, for: target, hidingWith: baseline)
    let segments = segmentation.segments(of: input.reshaped(to: masked.grid.shape))
    let values = try shapleyValues(masked, segments)
    var attribution = Attribution(
      masked.grid.map(segments.spread(values.values)), explaining: input, decision: masked.decision,
      by: Self.info, parameters: parameters(for: masked.grid.extents),
      passes: 1 + (values.masks + 1) * masked.passesPerMask)
    attribution.baselineScore = values.empty
    attribution.completenessGap = values.values.reduce(0, +) - (masked.decision.score - values.empty)
    attribution.notes = values.notes
    attribution.standardError = values.errors.map { masked.grid.map(segments.spread($0)) }
    return attribution
  }

  /// The Shapley values of segments, and how they came about.
  private func shapleyValues(
    _ masked: MaskedModel, _ segments: Segments
  ) throws(ExplanationError) -> (
    values: [Double], errors: [Double]?, empty: Double, masks: Int, notes: [String]
  ) {
    let empty = try masked.scoreOfNothing()
    guard segments.count > 1 else { return ([masked.decision.score - empty], nil, empty, 0, []) }
    let coalitions = Coalitions(players: segments.count)
    var regression = ShapleyRegression(players: segments.count, all: masked.decision.score, empty: empty)
    let all = coalitions.count.flatMap { $0 <= masks ? $0 : nil }
    var random = NumPyLegacyRandom(seed: seed)
    let schedule = MaskSchedule(
      count: all ?? masks, stopsWhenStable: stopsWhenStable && all == nil, numbersPerMask: 2 * segments.count)
    let outcome = try schedule.run(
      { (range) throws(ExplanationError) in
        let shown = range.map { all == nil ? coalitions.draw(&random) : coalitions.coalition($0) }
        for (coalition, score) in zip(shown, try masked.scores(of: shown, segments)) {
          regression.add(coalition, score, weight: all == nil ? 1 : coalitions.weight(of: coalition))
        }
      }, watching: { regression.solved().values })
    let solution = regression.solved(isEstimatingErrors: all == nil)
    let note =
      all == nil
      ? "estimated from \(outcome.masks) random coalitions of \(segments.count) segments"
      : "exact: all coalitions of \(segments.count) segments were scored"
    return (solution.values, solution.errors, empty, outcome.masks, [note] + outcome.notes)
  }

  private func parameters(for extents: [Int]) -> [Attribution.Parameter] {
    [.init("masks", "\(masks)"), .init(Hiding.stopping.name, "\(stopsWhenStable)")]
      + segmentation.parameters(for: extents) + Hiding.parameters(of: baseline, seed: seed)
  }
}

extension Explainer where Self == KernelSHAP {
  /// The Shapley values of the segments of the input.
  ///
  /// - Parameters:
  ///   - masks: The most coalitions that are scored.
  ///   - segmentation: How the input is divided.
  ///   - baseline: What hidden values become.
  ///   - seed: Seed of the coalitions.
  ///   - stopsWhenStable: Whether to stop as soon as the highest tenth of the values no longer changes.
  /// - Returns: The method.
  public static func kernelSHAP(
    masks: Int = 4096, segmentation: Segmentation = .automatic, baseline: Baseline = .zero, seed: UInt32 = 0,
    stopsWhenStable: Bool = false
  ) -> Self {
    .init(
      masks: masks, segmentation: segmentation, baseline: baseline, seed: seed,
      stopsWhenStable: stopsWhenStable)
  }
}
