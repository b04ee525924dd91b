import Explainers
import Networks
import TensorCore

/// How much the map changes at most when the input is shifted, per distance of the inputs.
///
///     value = max over shifts t of  sum |a[t] - a|  /  |x[t] - x|
///
/// `x[t]` is the input shifted by some positions along one axis, `a[t]` its map at the same positions as `a`; the sum is over all positions, the
/// other norm is Euclidean. Shifts go along every axis of more than one position, equally far in both directions: for `L` positions, `steps`
/// shifts between minus and plus `reach` times `L`, equally spaced, rounded, without zero and without repetitions. What comes in at the
/// border is zero, the value at the border or the smallest value of the input. Shifts that leave the input as it is are left out.
///
/// - Note: One explanation per step and axis. Montavon, Samek and Müller, 2018, look at the strongest variation of the map near an input.
public struct Continuity: ItemMetric {
  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "continuity", name: "Continuity", family: .robustness, direction: .lower, range: "0 or more",
    summary: "How much the map changes at most when the input is shifted, per distance.",
    needs: "an input whose positions lie side by side",
    cost: "1 explanation per step and axis, 28 by default",
    differences:
      "Quantus shifts images along the second axis alone, from minus its length by whole multiples of floor((2 L + 1) / 28), which are all zero below 14 positions and end short of the other side elsewhere, and fills with the smallest value; here every axis is shifted, symmetrically, and every map is divided by its own largest value.",
    citation: .montavon2018,
    parameters: [
      ParameterInfo("steps", "The shifts along every axis.", values: "1 to 100000", standard: "28"),
      ParameterInfo(
        "reach", "The share of an axis that shifts stay below.", values: "above 0, to 1", standard: "1.0"),
      ParameterInfo(
        "fill", "What is seen where nothing was shifted to.",
        values: Translation.Fill.allCases.map(\.rawValue).joined(separator: ", "),
        standard: Translation.Fill.zero.rawValue),
      ParameterInfo(
        "form", "What is made of the map's signs.",
        values: MapForm.allCases.map(\.rawValue).joined(separator: ", "), standard: MapForm.absolute.rawValue),
      ParameterInfo(
        "normalise", "Whether every map is divided by its largest absolute value.", values: "true or false",
        standard: "true"),
    ])

  private let steps: Int
  private let reach: Double
  private let fill: Translation.Fill
  private let form: MapForm
  private let normalise: Bool

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] {
    [
      .init("steps", "\(steps)"), .init("reach", "\(reach)"), .init("fill", fill.rawValue),
      .init("form", form.rawValue), .init("normalise", "\(normalise)"),
    ]
  }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    steps = try settings.count("steps", in: 1...100_000, default: 28)
    reach = try settings.number("reach", in: 0...1, default: 1)
    guard reach > 0 else { throw settings.bad("reach", expected: "a number above 0, up to 1") }
    fill = try settings.choice("fill", default: .zero)
    form = try settings.choice("form", default: .absolute)
    normalise = try settings.flag("normalise", default: true)
  }

  /// One explanation for every shift.
  public func moreExplanations(of model: Model) -> MoreExplanations? {
    let shifts = Translation.shifts(over: model.positionGrid.extents, steps: steps, reach: reach)
    return MoreExplanations(shifts.count, of: Self.info.id)
  }

  /// Judges an explanation.
  ///
  /// - Throws: `ScoringError.explanation` when a shifted input cannot be explained.
  public func score(_ explanation: ScoredExplanation) throws(ScoringError) -> MetricScore {
    let shape = explanation.shown.input.shape
    let item = explanation.shown.input.reshaped(to: explanation.grid.shape)
    let map = prepared(explanation.values)
    var largest: Double?
    let shifts = Translation.shifts(over: explanation.extents, steps: steps, reach: reach)
    for (step, shift) in shifts.enumerated() {
      let changed = shift(item, fill: fill)
      let distance = euclideanDistance(changed.values.map { Double($0) }, item.values.map { Double($0) })
      guard distance > 0 else { continue }
      let other = prepared(
        try WorkProgress.stages(step..<(step + 1), of: shifts.count) { () throws(ScoringError) in
          try explanation.values(at: changed.reshaped(to: shape))
        })
      let change = zip(map, other).reduce(0) { $0 + abs($1.0 - $1.1) }
      largest = max(largest ?? 0, change / distance)
    }
    return largest.map { MetricScore($0) } ?? .undefined("no shift changes the input")
  }

  private func prepared(_ values: [Double]) -> [Double] {
    form(normalise ? values.normalisedByMagnitude : values)
  }
}
