import Explainers
import Networks
import TensorCore

/// Whether the map's sum over random positions says how much the score falls without them.
///
///     value = correlation over runs of (sum of the map over S, f(x) - f(x without S))
///
/// S is drawn anew for every run, without replacement; the correlation is Pearson's.
///
/// - Note: One forward pass per run. Bhatt et al., IJCAI 2020. Run `r` takes the first positions of the permutation from the stream that begins
///   with the `r`-th number of the item's stream: `RandomState(seed_r).permutation(positions)` in NumPy.
public struct FaithfulnessCorrelation: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "faithfulness-correlation", name: "Faithfulness correlation", family: .faithfulness,
    direction: .higher, range: "-1 to 1",
    summary: "Whether the map's sum over random positions says how much the score falls without them.",
    cost: "1 forward pass per run (100)",
    differences:
      "Positions are hidden with all their channels, where Quantus hides single values; Quantus takes 224 of them whatever the size of the item, and its default for hidden values is the smallest of the item instead of zero.",
    citation: .bhatt2020,
    parameters: [
      ParameterInfo("runs", "The number of random subsets.", values: "2 to 1000000", standard: "100"),
      ParameterInfo(
        "size", "The positions of a subset; auto: a fifth of all, at least one.",
        values: "auto, or 1 to 1000000", standard: "auto"),
    ] + HidingOptions.parameterInfos(space: .logit))

  private let runs: Int
  private let size: Int?
  private let options: HidingOptions

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] {
    [.init("runs", "\(runs)"), .init("size", size.map { "\($0)" } ?? "auto")] + options.parameters
  }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    runs = try settings.count("runs", in: 2...1_000_000, default: 100)
    let isAutomatic = settings.values["size"] ?? "auto" == "auto"
    size = isAutomatic ? nil : try settings.count("size", in: 1...1_000_000, default: 1)
    options = try HidingOptions(settings: settings, space: .logit)
  }

  /// Judges an explanation.
  ///
  /// - Throws: `ScoringError` when the model has no such score space.
  public func score(_ explanation: ScoredExplanation) throws(ScoringError) -> MetricScore {
    let values = options.values(explanation)
    let size = min(size ?? max(Int((0.2 * Double(values.count)).rounded()), 1), values.count)
    let streams = RandomStreams(count: runs, seed: explanation.seed)
    let masked = try options.hiding(explanation)
    var sums: [Double] = []
    var drops: [Double] = []
    try explaining { () throws(ExplanationError) in
      try masked.stream(runs) { run, mask in
        var random = streams[run]
        mask.initialize(repeating: 1)
        for position in random.permutation(values.count).prefix(size) { mask[position] = 0 }
      } summarizing: { masks, scores in
        let sums = masks.withValues { masks in
          scores.indices.map { run in
            values.indices.reduce(0) { $0 + (masks[run * values.count + $1] == 0 ? values[$1] : 0) }
          }
        }
        return (sums, scores)
      } into: { part in
        sums += part.0
        drops += part.1.map { masked.decision.score - $0 }
      }
    }
    guard let correlation = Correlation.pearson(sums, drops) else {
      return .undefined(
        "the map's sums over subsets of positions, or the falls of the score without them, are all equal")
    }
    return MetricScore(correlation)
  }
}
