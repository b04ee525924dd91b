import Explainers
import Networks
import TensorCore

/// The score while positions are hidden, or shown, one step after another in the order of the map: what insertion and deletion share.
package struct RemovalCurve: Hashable, Sendable {
  /// What takes the place of hidden values.
  package enum Fill: String, Sendable, CaseIterable {
    /// Zero.
    case zero
    /// At every position the mean of the item's channel.
    case mean
    /// The input, smoothed as the code of RISE does: 11 taps along every axis, nearly equal ones, with zeros around the input.
    case blur
  }

  /// What hidden values become.
  var fill: Fill
  /// The positions of one step; by default one, or as many as make 224 steps where there are more than 224 positions.
  var step: Int?
  /// What is made of the map's signs.
  var form: MapForm
  /// The space of the scores.
  var space: ScoreSpace

  static func parameterInfos(fill: Fill) -> [ParameterInfo] {
    [
      ParameterInfo(
        "baseline", "What hidden values become.",
        values: Fill.allCases.map(\.rawValue).joined(separator: ", "), standard: fill.rawValue),
      ParameterInfo(
        "step", "The positions that change in one step.", values: "auto, or 1 to 1000000", standard: "auto"),
      ParameterInfo(
        "form", "What is made of the map's signs.",
        values: MapForm.allCases.map(\.rawValue).joined(separator: ", "), standard: MapForm.signed.rawValue),
      ParameterInfo(
        "space", "The space of the scores.", values: "probability, logit", standard: "probability"),
    ]
  }

  init(fill: Fill, step: Int? = nil, form: MapForm = .signed, space: ScoreSpace = .probability) {
    self.fill = fill
    self.step = step
    self.form = form
    self.space = space
  }

  init(settings: MetricSettings, fill: Fill) throws(ScoringError) {
    let isAutomatic = settings.values["step"].map { $0 == "auto" } ?? true
    self.init(
      fill: try settings.choice("baseline", default: fill),
      step: isAutomatic ? nil : try settings.count("step", in: 1...1_000_000, default: 1),
      form: try settings.choice("form", default: .signed),
      space: try settings.choice("space", default: .probability))
  }

  var parameters: [Attribution.Parameter] {
    [
      .init("baseline", fill.rawValue), .init("step", step.map { "\($0)" } ?? "auto"),
      .init("form", form.rawValue), .init("space", space.rawValue),
    ]
  }

  /// The scores from no step to all steps.
  ///
  /// - Parameters:
  ///   - explanation: The explanation.
  ///   - showing: Whether positions are shown one after another instead of hidden.
  /// - Returns: One score more than there are steps.
  /// - Throws: `ScoringError` when the model has no such score space.
  func scores(_ explanation: ScoredExplanation, showing: Bool) throws(ScoringError) -> [Double] {
    let order = ranking(form(explanation.values))
    let step = step ?? max((order.count + 223) / 224, 1)
    let steps = (order.count + step - 1) / step
    let masked = try hiding(explanation)
    return try explaining { () throws(ExplanationError) in
      try masked.scores(steps + 1) { index, mask in
        mask.initialize(repeating: showing ? 0 : 1)
        for position in order.prefix(index * step) { mask[position] = showing ? 1 : 0 }
      }
    }
  }

  private func hiding(_ explanation: ScoredExplanation) throws(ScoringError) -> MaskedModel {
    switch fill {
    case .zero: return try explanation.hiding(with: .zero, in: space)
    case .mean: return try explanation.hiding(with: .mean, in: space)
    case .blur:
      let input = explanation.shown.input.reshaped(to: explanation.grid.shape)
      return try explanation.hiding(with: .zero, in: space).hiding(with: Self.blurred(input))
    }
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
