import Explainers
import Networks

/// Whether positions with larger values of the map change the score more when their values are drawn at random.
///
///     value = correlation over steps of (sum of |map| over the step, mean over samples of (f(x) - f(x with the step redrawn))^2)
///
/// A step is one position, or several that follow each other in the map's order, the lowest first. Values are drawn uniformly between the item's
/// smallest and largest value. The correlation is Spearman's.
///
/// - Note: One forward pass per step and sample. Nguyen and Martínez, 2020. Sample `j` of step `i` draws from the stream that begins with number
///   `i * samples + j` of the item's stream.
public struct MonotonicityCorrelation: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "monotonicity-correlation", name: "Monotonicity correlation", family: .faithfulness,
    direction: .higher, range: "-1 to 1",
    summary: "Whether positions with larger values change the score more when they are drawn at random.",
    cost: "20 forward passes per step: one per position up to 224 positions, else 224",
    differences:
      "Quantus draws from 0...1 whatever the range of the input, 100 times; positions are drawn with all their channels, where Quantus draws single values. Dividing by the squared score, as Quantus does, changes no rank.",
    citation: .nguyen2020,
    parameters: [
      ParameterInfo("samples", "The draws of every step.", values: "1 to 100000", standard: "20"),
      StepSize.parameter, MapForm.parameter(standard: .absolute), ScoreSpace.parameter(standard: .logit),
    ])

  private let samples: Int
  private let step: StepSize
  private let form: MapForm
  private let space: ScoreSpace

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] {
    [
      .init("samples", "\(samples)"), .init("step", step.text), .init("form", form.rawValue),
      .init("space", space.rawValue),
    ]
  }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    samples = try settings.count("samples", in: 1...100_000, default: 20)
    step = try StepSize(settings: settings)
    form = try settings.choice("form", default: .absolute)
    space = try settings.choice("space", default: .logit)
  }

  /// Judges an explanation.
  ///
  /// - Throws: `ScoringError` when the model has no such score space.
  public func score(_ explanation: ScoredExplanation) throws(ScoringError) -> MetricScore {
    let values = form(explanation.values)
    let steps = step.steps(of: ranking(values.map { -$0 }))
    let streams = RandomStreams(count: steps.count * samples, seed: explanation.seed)
    let (input, channels) = (explanation.shownValues, explanation.channels)
    let low = Double(explanation.shown.input.minimum)
    let range = Double(explanation.shown.input.maximum) - low
    let scores = try explanation.scores(ofInputs: steps.count * samples, in: space) {
      [samples] index, memory in
      _ = memory.initialize(from: input)
      var random = streams[index]
      for position in steps[index / samples] {
        for channel in 0..<channels {
          memory[position * channels + channel] = Float(low + range * random.uniform())
        }
      }
    }
    let score = try explanation.decision(in: space).score
    let changes = steps.indices.map { step in
      scores[(step * samples)..<((step + 1) * samples)].reduce(0) { $0 + ($1 - score) * ($1 - score) }
    }
    let sums = steps.map { $0.reduce(0) { $0 + values[$1] } }
    guard let correlation = Correlation.spearman(sums, changes) else {
      return .undefined("the map's values, or the changes of the score, are all equal")
    }
    return MetricScore(correlation)
  }
}
