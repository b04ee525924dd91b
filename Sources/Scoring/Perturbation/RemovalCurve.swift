import Explainers
import Networks
import TensorCore

/// The score while positions are hidden, or shown, one step after another in the order of the map: what insertion and deletion share.
package struct RemovalCurve: Hashable, Sendable {
  /// What hidden values become.
  var fill: Fill
  /// The positions of one step.
  var step: StepSize
  /// What is made of the map's signs.
  var form: MapForm
  /// The space of the scores.
  var space: ScoreSpace

  static func parameterInfos(fill: Fill) -> [ParameterInfo] {
    [
      Fill.parameter(standard: fill), StepSize.parameter, MapForm.parameter(), ScoreSpace.parameter(),
    ]
  }

  init(fill: Fill, step: StepSize = .automatic, form: MapForm = .signed, space: ScoreSpace = .probability) {
    self.fill = fill
    self.step = step
    self.form = form
    self.space = space
  }

  init(settings: MetricSettings, fill: Fill) throws(ScoringError) {
    self.init(
      fill: try settings.choice("baseline", default: fill), step: try StepSize(settings: settings),
      form: try settings.choice("form", default: .signed),
      space: try settings.choice("space", default: .probability))
  }

  var parameters: [Attribution.Parameter] {
    [
      .init("baseline", fill.rawValue), .init("step", step.text),
      .init("form", form.rawValue), .init("space", space.rawValue),
    ]
  }

  /// The scores from no step to all steps; computed once for all metrics that ask for the same.
  ///
  /// - Parameters:
  ///   - explanation: The explanation.
  ///   - showing: Whether positions are shown one after another instead of hidden.
  ///   - ascending: Whether the lowest values of the map come first instead of the highest.
  /// - Returns: One score more than there are steps.
  /// - Throws: `ScoringError` when the model has no such score space.
  func scores(
    _ explanation: ScoredExplanation, showing: Bool, ascending: Bool = false
  ) throws(ScoringError) -> [Double] {
    let key = Run(curve: self, showing: showing, ascending: ascending)
    return try explanation.results.result(key) { () throws(ScoringError) in
      let values = form(explanation.values)
      let order = ranking(ascending ? values.map { -$0 } : values)
      let step = step.positions(of: order.count)
      let steps = (order.count + step - 1) / step
      let masked = try fill.hiding(explanation, in: space)
      return try explaining { () throws(ExplanationError) in
        try masked.scores(steps + 1) { index, mask in
          mask.initialize(repeating: showing ? 0 : 1)
          for position in order.prefix(index * step) { mask[position] = showing ? 1 : 0 }
        }
      }
    }
  }

  /// What the scores depend on.
  private struct Run: Hashable {
    var curve: RemovalCurve
    var showing: Bool
    var ascending: Bool
  }

  /// The input smoothed as the code of RISE does.
  ///
  /// Its kernel is a single one among 11 x 11 zeros, smoothed by `scipy.ndimage.gaussian_filter` with a standard deviation of 5 and
  /// reflecting borders, which leaves it nearly flat. Axes of one position stay as they are.
  package static func blurred(_ input: Tensor) -> Tensor {
    let taps = 11
    let center = taps / 2
    let kernel = Tensor([1, taps, 1], (0..<taps).map { $0 == center ? 1 : 0 }).blurred(sigma: 5).values
    return input.shape.spatial.indices.reduce(input) { tensor, axis in
      let length = input.shape.spatial[axis]
      guard length > 1 else { return tensor }
      let rows = (0..<length).map { row in
        kernel.indices.compactMap { tap -> AxisMatrix.Element? in
          let column = row + tap - center
          return (0..<length).contains(column) ? .init(column: column, weight: kernel[tap]) : nil
        }
      }
      return tensor.multiplied(by: AxisMatrix(columns: length, rows: rows), along: axis + 1)
    }
  }

  /// The area below a curve whose points are equally spaced, as a share of its width.
  package static func area(_ scores: [Double]) -> Double {
    guard let first = scores.first, let last = scores.last, scores.count > 1 else { return scores.first ?? 0 }
    return (scores.reduce(0, +) - (first + last) / 2) / Double(scores.count - 1)
  }
}
