import Explainers
import Networks

/// How fast the score goes, as a share of itself, while segments are hidden, those with the highest mean of the map first.
///
///     value = 1 - area below f(x without the first k segments) / f(x), from k = 0 to all, as a share of their number
///
/// Segments are equal intervals of a signal and connected regions of similar values of an image, as for the method `lime`.
///
/// - Note: One forward pass per segment. Rieger and Hansen, ICLR Workshop 2020.
public struct IROF: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "irof", name: "Iterative removal of features (IROF)", family: .faithfulness, direction: .higher,
    range: "up to 1",
    summary: "How fast the score goes while segments are hidden, those with the highest mean first.",
    needs: "a model with a softmax or sigmoid at its end; with 'space=logit' any model",
    cost: "1 forward pass per segment",
    differences:
      "The area is divided by the number of segments, and begins with the whole item: Quantus does neither. Its superpixels are for images alone and fail on three channels; the mean that hides a segment is that of the item's channel, Quantus's that of the whole batch.",
    citation: .riegerHansen2020,
    parameters: Segmentation.parameters
      + HidingOptions.parameterInfos(fill: .mean, space: .probability))

  private let segmentation: Segmentation
  private let options: HidingOptions

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] {
    [
      .init("segmentation", segmentation.kind?.rawValue ?? Segmentation.automaticName),
      .init("segments", segmentation.count.map { "\($0)" } ?? Segmentation.automaticName),
    ] + options.parameters
  }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    segmentation = try explaining { () throws(ExplanationError) in
      try Segmentation(settings: MethodSettings(method: settings.metric, values: settings.values))
    }
    options = try HidingOptions(settings: settings, fill: .mean, space: .probability)
  }

  /// Judges an explanation.
  ///
  /// - Throws: `ScoringError` when the model has no such score space.
  public func score(_ explanation: ScoredExplanation) throws(ScoringError) -> MetricScore {
    let input = explanation.shown.input.reshaped(to: explanation.grid.shape)
    let segments = segmentation.segments(of: input)
    guard segments.count > 1 else {
      return .undefined("the input is a single segment, so there is no order of segments to judge")
    }
    let values = options.values(explanation)
    var members = [[Int]](repeating: [], count: segments.count)
    for (position, label) in segments.labels.enumerated() { members[label].append(position) }
    let means = members.map { $0.reduce(0) { $0 + values[$1] } / Double($0.count) }
    let scores = try options.scores(hidingInTurn: ranking(means).map { members[$0] }, explanation)
    guard scores[0] != 0 else {
      return .undefined("the score of the item is zero, so there are no shares of it")
    }
    let shares = scores.map { $0 / scores[0] }
    return MetricScore(1 - RemovalCurve.area(shares), curve: shares)
  }
}
