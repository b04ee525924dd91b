import Foundation
import Networks
import TensorCore

/// A linear model of the score over the segments that are shown, fitted near the input.
///
///     minimise over b, c:  sum over masks z of w(z) (score(z) - c - z b)^2 + ridge |b|^2
///     w(z) = sqrt(exp(-d(z)^2 / width^2)),  d(z) = 1 - sqrt(share of the segments that z shows)
///
/// Every segment is shown with probability one half, and the first mask shows all; `d` is the cosine distance to it. The map has `b` at every
/// position of a segment. `Attribution.standardError` is what weighted least squares estimate for it from the residuals.
///
/// - Note: One forward pass per mask; memory does not grow with their number. Ribeiro, Singh and Guestrin, KDD 2016. Defaults are those of the
///   authors' image explainer, but for the segments, which are our own (see `Segmentation`), the score (theirs is a probability:
///   `--score probability`), and what hides parts of signals (`Hidden.automatic`). Checked against that explainer on given segments: with `numpy.random.RandomState(seed)` it draws the same masks.
public struct LIME: MethodCatalog.Entry {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "lime", name: "LIME", family: .perturbation, preset: .signed,
    summary: "The coefficients of a linear model of the score over the segments that are shown.",
    needs: "any model", cost: "1 forward pass per mask", citation: .ribeiro2016,
    parameters: [
      ParameterInfo("masks", "The number of masks.", values: "1 to 1000000", standard: "1000"),
      ParameterInfo(
        "kernel-width", "How far from the input masks count.", values: "0.01 to 100", standard: "0.25"),
      ParameterInfo("ridge", "The penalty on coefficients.", values: "0 to 1000000", standard: "1"),
    ] + Segmentation.parameters + [
      Hiding.stopping,
      ParameterInfo(
        "baseline",
        "What hidden values become; auto: mean for signals, for images segment-mean, the mean of their segment.",
        values: Hidden.names, standard: Segmentation.automaticName),
    ] + Hiding.parameters(isRandom: true).filter { $0.name != "baseline" })

  /// What hidden values become.
  public enum Hidden: Sendable {
    /// The mean of their segment for images; for signals, whose segments are short, the mean over all positions.
    case automatic
    /// The mean of their segment, channel by channel.
    case segmentMean
    /// What a baseline has in their place.
    case baseline(Baseline)

    static let segmentMeanName = "segment-mean"
    static let names = "auto, segment-mean, zero, mean, blur, noise or the path of a file"
  }

  /// The number of masks.
  public var masks: Int
  /// How far from the input masks count.
  public var kernelWidth: Double
  /// The penalty on coefficients.
  public var ridge: Double
  /// How the input is divided.
  public var segmentation: Segmentation
  /// What hidden values become.
  public var hidden: Hidden
  /// Seed of the masks.
  public var seed: UInt32
  /// Whether to stop as soon as the highest tenth of the coefficients no longer changes (see `MaskSchedule`).
  public var stopsWhenStable: Bool

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - masks: The number of masks, at least one.
  ///   - kernelWidth: How far from the input masks count, above zero.
  ///   - ridge: The penalty on coefficients, not negative.
  ///   - segmentation: How the input is divided.
  ///   - hidden: What hidden values become.
  ///   - seed: Seed of the masks.
  ///   - stopsWhenStable: Whether to stop as soon as the highest tenth of the coefficients no longer changes.
  public init(
    masks: Int = 1000, kernelWidth: Double = 0.25, ridge: Double = 1,
    segmentation: Segmentation = .automatic, hidden: Hidden = .automatic, seed: UInt32 = 0,
    stopsWhenStable: Bool = false
  ) {
    precondition(masks >= 1, "there is at least one mask, not \(masks)")
    precondition(kernelWidth > 0 && ridge >= 0, "a width of \(kernelWidth) or a ridge of \(ridge) is too low")
    self.masks = masks
    self.kernelWidth = kernelWidth
    self.ridge = ridge
    self.segmentation = segmentation
    self.hidden = hidden
    self.seed = seed
    self.stopsWhenStable = stopsWhenStable
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    self.init(
      masks: try settings.count("masks", in: 1...1_000_000, default: 1000),
      kernelWidth: try settings.number("kernel-width", in: 0.01...100, default: 0.25),
      ridge: try settings.number("ridge", in: 0...1_000_000, default: 1),
      segmentation: try Segmentation(settings: settings), hidden: try Hidden(settings: settings),
      seed: try settings.seed(), stopsWhenStable: try settings.flag(Hiding.stopping.name, default: false))
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when the target, the baseline or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    let grid = model.positionGrid
    guard input.shape == grid.inputShape else {
      throw .model(.inputDoesNotFit(expected: grid.inputShape, found: input.shape))
    }
    return try attribute(
      input, of: model, for: target, over: segmentation.segments(of: input.reshaped(to: grid.shape)))
  }

  /// Explains the model's answer to one item over given segments.
  package func attribute(
    _ input: Tensor, of model: Model, for target: Target, over segments: Segments
  ) throws(ExplanationError) -> Attribution {
    let hidden = hidden.resolved(for: model.positionGrid.extents)
    let masked = try hidden.masked(model, at: input, for: target, segments)
    var sums = LeastSquares(features: segments.count, hasConstant: true)
    var random = NumPyLegacyRandom(seed: seed)
    let schedule = MaskSchedule(
      count: masks, stopsWhenStable: stopsWhenStable, numbersPerMask: 2 * segments.count)
    let outcome = try schedule.run(
      { (range) throws(ExplanationError) in
        let coalitions = range.map { mask in
          let drawn = (0..<segments.count).map { _ in Double(random.integer(below: 2)) }
          return mask == 0 ? drawn.map { _ in 1 } : drawn
        }
        for (coalition, score) in zip(coalitions, try masked.scores(of: coalitions, segments)) {
          sums.add(coalition, score, weight: weight(of: coalition))
        }
      }, watching: { sums.solved(ridge: ridge).coefficients })
    let solution = sums.solved(ridge: ridge, isEstimatingErrors: true)
    var attribution = Attribution(
      masked.grid.map(segments.spread(solution.coefficients)), explaining: input, decision: masked.decision,
      by: Self.info,
      parameters: parameters(for: masked.grid.extents) + hidden.parameters(seed: seed),
      passes: 1 + outcome.masks * masked.passesPerMask)
    attribution.notes = outcome.notes
    attribution.standardError = solution.standardErrors.map { masked.grid.map(segments.spread($0)) }
    return attribution
  }

  private func weight(of coalition: [Double]) -> Double {
    let distance = 1 - (coalition.reduce(0, +) / Double(coalition.count)).squareRoot()
    return exp(-distance * distance / (kernelWidth * kernelWidth)).squareRoot()
  }

  private func parameters(for extents: [Int]) -> [Attribution.Parameter] {
    [
      .init("masks", "\(masks)"), .init("kernel-width", "\(kernelWidth)"), .init("ridge", "\(ridge)"),
      .init(Hiding.stopping.name, "\(stopsWhenStable)"),
    ] + segmentation.parameters(for: extents)
  }
}

extension Explainer where Self == LIME {
  /// A linear model of the score over the segments that are shown, fitted near the input.
  ///
  /// - Parameters:
  ///   - masks: The number of masks.
  ///   - segmentation: How the input is divided.
  ///   - hidden: What hidden values become.
  ///   - seed: Seed of the masks.
  ///   - stopsWhenStable: Whether to stop as soon as the highest tenth of the coefficients no longer changes.
  /// - Returns: The method.
  public static func lime(
    masks: Int = 1000, segmentation: Segmentation = .automatic, hidden: LIME.Hidden = .automatic,
    seed: UInt32 = 0, stopsWhenStable: Bool = false
  ) -> Self {
    .init(
      masks: masks, segmentation: segmentation, hidden: hidden, seed: seed, stopsWhenStable: stopsWhenStable)
  }
}
