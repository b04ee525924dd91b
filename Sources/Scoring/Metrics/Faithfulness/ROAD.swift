import Explainers
import Networks
import TensorCore

/// How much earlier the score goes when the highest positions are removed first than when the lowest are, removed positions being filled in
/// from those around them.
///
///     value = mean over k = 1...steps of (lowest first[k] - highest first[k]) / 2
///
/// `[k]` is the score with a share `k / (steps + 1)` of positions removed. A removed position becomes the weighted mean of its neighbours along
/// all axes, removed or not (linear equations, solved by multigrid and conjugate gradients until the residual is 1e-10 of the right side), plus normal noise:
/// unlike with a fixed value, a model cannot see by the filling what was removed.
///
/// With `order=highest-first` the value is the mean fall below the score of the item, with `lowest-first` minus the mean fall.
///
/// - Note: Two forward passes per step (9 steps). Rong et al., ICML 2022. Noise of step `k` (from zero) is `RandomState(seed_k).randn(removed,
///   channels)`, with seeds from the item's stream; those of the lowest follow those of the highest.
public struct ROAD: ItemMetric {
  /// Which positions are removed first.
  package enum Order: String, Sendable, CaseIterable {
    /// Both, compared.
    case both
    /// The highest of the map.
    case highestFirst = "highest-first"
    /// The lowest of the map.
    case lowestFirst = "lowest-first"
  }

  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "road", name: "Remove and debias (ROAD)", family: .faithfulness, direction: .higher,
    range: "-1 to 1; with 'space=logit' any number",
    summary: "How much earlier the score goes when the highest positions are removed first, not the lowest.",
    needs: "a model with a softmax or sigmoid at its end; with 'space=logit' any model",
    cost: "18 forward passes, and linear equations with as many unknowns as positions are removed",
    differences:
      "The authors give the accuracy over a data set for every share; here it is the score of each item, half the difference of both orders as pytorch-grad-cam combines them. Noise is a share of the item's range instead of a fixed deviation, and neighbours are those along any number of axes.",
    citation: .rong2022,
    parameters: [
      ParameterInfo(
        "order", "Which positions are removed first; both: the difference of the two.",
        values: Order.allCases.map(\.rawValue).joined(separator: ", "), standard: Order.both.rawValue),
      ParameterInfo(
        "steps", "The number of shares of removed positions: with 9 they are 10 % to 90 %.",
        values: "1 to 1000", standard: "9"),
      ParameterInfo(
        "noise", "Standard deviation of the noise, as a share of the item's range.", values: "0 to 1",
        standard: "0.01"),
      MapForm.parameter(), ScoreSpace.parameter(),
    ])

  private let order: Order
  private let steps: Int
  private let noise: Double
  private let form: MapForm
  private let space: ScoreSpace

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] {
    [
      .init("order", order.rawValue), .init("steps", "\(steps)"), .init("noise", "\(noise)"),
      .init("form", form.rawValue), .init("space", space.rawValue),
    ]
  }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    order = try settings.choice("order", default: .both)
    steps = try settings.count("steps", in: 1...1000, default: 9)
    noise = try settings.number("noise", in: 0...1, default: 0.01)
    form = try settings.choice("form", default: .signed)
    space = try settings.choice("space", default: .probability)
  }

  /// Judges an explanation.
  ///
  /// - Throws: `ScoringError` when the model has no such score space.
  public func score(_ explanation: ScoredExplanation) throws(ScoringError) -> MetricScore {
    let values = form(explanation.values)
    let whole = try explanation.decision(in: space).score
    var curve = [order == .both ? 0 : whole]
    switch order {
    case .highestFirst: curve += try scores([ranking(values)], explanation)
    case .lowestFirst: curve += try scores([ranking(values.map { -$0 })], explanation)
    case .both:
      let both = try scores([ranking(values), ranking(values.map { -$0 })], explanation)
      curve += (0..<steps).map { (both[steps + $0] - both[$0]) / 2 }
    }
    let mean = curve.dropFirst().reduce(0, +) / Double(steps)
    switch order {
    case .both: return MetricScore(mean, curve: curve)
    case .highestFirst: return MetricScore(whole - mean, curve: curve)
    case .lowestFirst: return MetricScore(mean - whole, curve: curve)
    }
  }

  /// The scores with positions removed in several orders, all shares of the first order before those of the second.
  private func scores(
    _ orders: [[Int]], _ explanation: ScoredExplanation
  ) throws(ScoringError) -> [Double] {
    let (steps, channels) = (steps, explanation.channels)
    let means = NeighbourMeans(over: explanation.extents)
    let input = explanation.shownValues
    let range = Double(explanation.shown.input.maximum) - Double(explanation.shown.input.minimum)
    let deviation = noise * range
    let streams = RandomStreams(count: orders.count * steps, seed: explanation.seed)
    return try explanation.scores(ofInputs: orders.count * steps, in: space) { index, memory in
      _ = memory.initialize(from: input)
      let order = orders[index / steps]
      let removed = order.prefix(order.count * (index % steps + 1) / (steps + 1)).sorted()
      var random = streams[index]
      for (row, value) in means.filled(input, channels: channels, missing: removed).enumerated() {
        let position = removed[row / channels] * channels + row % channels
        memory[position] = Float(value + deviation * random.standardNormal())
      }
    }
  }
}
