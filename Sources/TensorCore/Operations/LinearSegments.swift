/// A continuous function that is linear between finitely many kinks.
public struct LinearSegments: Sendable, Equatable {
  /// Where one segment ends and the next begins, ascending.
  public let kinks: [Double]
  /// The slope of every segment, one more than there are kinks.
  public let slopes: [Double]
  /// What every segment gives at zero, when it is continued there.
  public let intercepts: [Double]

  /// The segment that holds a number; a kink belongs to the segment below it, as derivatives are those of the left side.
  public func segment(of x: Float) -> Int { kinks.reduce(0) { Double(x) > $1 ? $0 + 1 : $0 } }
}

extension Activation {
  /// The function as linear segments, or `nil` when it is smooth somewhere or jumps.
  public var linearSegments: LinearSegments? {
    switch self {
    case .linear: LinearSegments(kinks: [], slopes: [1], intercepts: [0])
    case .relu(let slope, .infinity, threshold: 0):
      LinearSegments(kinks: [0], slopes: [Double(slope), 1], intercepts: [0, 0])
    case .relu(let slope, let maximum, threshold: 0) where maximum > 0:
      LinearSegments(
        kinks: [0, Double(maximum)], slopes: [Double(slope), 1, 0], intercepts: [0, 0, Double(maximum)])
    case .hardSigmoid(let slope):
      LinearSegments(
        kinks: [-0.5 / Double(slope), 0.5 / Double(slope)], slopes: [0, Double(slope), 0],
        intercepts: [0, 0.5, 1])
    default: nil
    }
  }
}
