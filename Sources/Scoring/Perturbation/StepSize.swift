import Explainers

/// The positions that change in one step of a metric that changes the input step by step.
package enum StepSize: Hashable, Sendable {
  /// One, or as many as make 224 steps where there are more than 224 positions.
  case automatic
  /// A number.
  case positions(Int)

  static let parameter = ParameterInfo(
    "step", "The positions that change in one step.", values: "auto, or 1 to 1000000", standard: "auto")

  init(settings: MetricSettings) throws(ScoringError) {
    if settings.values["step"] ?? "auto" == "auto" {
      self = .automatic
    } else {
      self = .positions(try settings.count("step", in: 1...1_000_000, default: 1))
    }
  }

  /// As the command line writes it.
  var text: String {
    switch self {
    case .automatic: "auto"
    case .positions(let count): "\(count)"
    }
  }

  /// The number of positions of a step, for an input of so many positions.
  func positions(of count: Int) -> Int {
    switch self {
    case .automatic: max((count + 223) / 224, 1)
    case .positions(let step): step
    }
  }

  /// Positions in their order, divided into steps; the last may be shorter.
  func steps(of order: [Int]) -> [ArraySlice<Int>] {
    let step = positions(of: order.count)
    return stride(from: 0, to: order.count, by: step).map { order[$0..<min($0 + step, order.count)] }
  }
}
