import Explainers
import Networks

/// How far the score falls while patches are hidden, those with the highest sums of the map first.
///
///     value = 1 / (L + 1) sum over k = 0...L of (f(x) - f(x without the first k patches))
///
/// Patches are blocks of the grid, cut off at its far borders: intervals of a signal, rectangles of an image. With `variant=between` the value
/// is the mean difference to the scores when those with the lowest sums come first.
///
/// - Note: `L + 1` forward passes, twice as many for `between`. Samek et al., 2017.
public struct RegionPerturbation: ItemMetric {
  /// What falls of the score are compared with.
  package enum Variant: String, Sendable, CaseIterable {
    /// The score of the whole item.
    case mostRelevant = "most-relevant"
    /// The scores while the least relevant patches are hidden first.
    case between
  }

  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "region-perturbation", name: "Region perturbation", family: .faithfulness, direction: .higher,
    range: "-1 to 1; with 'space=logit' any number",
    summary: "How far the score falls while patches are hidden, those with the highest sums first.",
    needs: "a model with a softmax or sigmoid at its end; with 'space=logit' any model",
    cost: "1 forward pass per patch, at most 100",
    differences:
      "The paper replaces patches by uniform noise and Quantus by the smallest value of the item, here they are zero; Quantus gives the curve and leaves the mean to its user, knows images alone and takes patches of 8 x 8, where an eighth of every axis is taken here.",
    citation: .samek2017,
    parameters: [
      ParameterInfo(
        "window", "The extents of a patch; auto: an eighth of every axis.",
        values: "auto, a number, or one for every axis as in 5x3", standard: "auto"),
      ParameterInfo(
        "regions", "The number of patches that are hidden; all where there are fewer.",
        values: "1 to 1000000", standard: "100"),
      ParameterInfo(
        "variant", "What scores are compared with: that of the item, or those of the opposite order.",
        values: Variant.allCases.map(\.rawValue).joined(separator: ", "),
        standard: Variant.mostRelevant.rawValue),
    ] + HidingOptions.parameterInfos(space: .probability))

  private let window: WindowExtent
  private let windowText: String
  private let regions: Int
  private let variant: Variant
  private let options: HidingOptions

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] {
    [.init("window", windowText), .init("regions", "\(regions)"), .init("variant", variant.rawValue)]
      + options.parameters
  }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    window = try settings.windowExtent("window")
    windowText = window.text ?? WindowExtent.automaticName
    regions = try settings.count("regions", in: 1...1_000_000, default: 100)
    variant = try settings.choice("variant", default: .mostRelevant)
    options = try HidingOptions(settings: settings, space: .probability)
  }

  /// Judges an explanation.
  ///
  /// - Throws: `ScoringError` when the model has no such score space, or the window another number of axes than the input.
  public func score(_ explanation: ScoredExplanation) throws(ScoringError) -> MetricScore {
    let patches = try patches(explanation)
    let values = options.values(explanation)
    let sums = patches.map { $0.reduce(0) { $0 + values[$1] } }
    let falling = try scores(patches, ranking(sums), explanation)
    let reference: [Double]
    switch variant {
    case .mostRelevant: reference = falling.map { _ in falling[0] }
    case .between: reference = try scores(patches, ranking(sums.map { -$0 }), explanation)
    }
    let mean = zip(reference, falling).reduce(0) { $0 + $1.0 - $1.1 } / Double(falling.count)
    return MetricScore(mean, curve: falling)
  }

  /// The positions of every patch; patches begin where the one before ends.
  private func patches(_ explanation: ScoredExplanation) throws(ScoringError) -> [[Int]] {
    let windows = try explaining { () throws(ExplanationError) in
      try SlidingWindows(
        over: explanation.extents, window: window, stride: .uniform(WindowExtent.longest), of: Self.info.id)
    }
    return (0..<windows.count).map { windows.runs(of: $0).flatMap { Array($0) } }
  }

  private func scores(
    _ patches: [[Int]], _ order: [Int], _ explanation: ScoredExplanation
  ) throws(ScoringError) -> [Double] {
    try options.scores(hidingInTurn: order.prefix(regions).map { patches[$0] }, explanation)
  }
}
