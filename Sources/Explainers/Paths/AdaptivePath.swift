import Networks
import TensorCore

/// The integral of the gradient along a straight path, refined where it is not yet good enough.
///
/// A point of the path gives the gradient and the score. Between two neighbouring points the trapezoidal rule therefore knows its own
/// error exactly: what it makes of the slopes at both ends, against the difference of the scores there. Panels are taken from left to right.
/// One whose error would carry the sum of all errors so far beyond its bound is halved; both halves use the points that are there. The
/// bound grows with the square root of the way, as a sum of errors of random signs does, and ends at the tolerance. Only the gradients at
/// the ends of open panels are in memory.
struct AdaptivePath {
  /// What came of a refinement.
  struct Result {
    /// The integral of the gradient, element by element.
    var integral: [Double]
    /// The points that were evaluated, each by one forward and one backward pass.
    var passes: Int
    /// The sum of the signed errors of all panels.
    var error: Double
  }

  /// Parts of the path that are refined at the same time, each within its share of the tolerance.
  private static let parts = 2
  /// Panels of a part to begin with, so that no feature of the path is missed because it happens to cancel.
  private static let panels = 4
  /// How often a panel is halved at most.
  private static let mostHalvings = 12
  /// Scores come out of 32-bit arithmetic: smaller errors are rounding.
  private static let rounding = 1e-6

  let path: StraightPath
  let target: Target
  let model: Model

  /// A point of the path.
  private struct Point: Sendable {
    var position: Double
    var score: Double
    var gradient: Tensor
    /// The derivative of the score along the path.
    var slope: Double
  }

  /// The part of the path that is being refined.
  private struct Part {
    var start: Double
    var length: Double
    /// What the sum of its errors may come to.
    var allowance: Double
    var result: Result
  }

  /// Integrates until the errors of all panels add up to at most a share of the score's difference.
  ///
  /// - Parameter tolerance: The share.
  /// - Returns: The integral, with what it took.
  /// - Throws: `ExplanationError` when the target does not exist or a score is not a number.
  func integrate(tolerance: Double) throws(ExplanationError) -> Result {
    let nothing = Result(integral: [Double](repeating: 0, count: path.difference.count), passes: 0, error: 0)
    let (parts, panels) = (Self.parts, Self.panels)
    var result = nothing
    do throws(ModelError) {
      var ends: [Point] = []
      try Threads.stream(parts * panels + 1) { (index) throws(ModelError) in
        try point(at: Double(index) / Double(parts * panels))
      } into: {
        ends.append($0)
      }
      let points = ends
      let allowance = tolerance * abs(points[parts * panels].score - points[0].score) / Double(parts)
      try Threads.stream(parts) { (index) throws(ModelError) in
        var part = Part(
          start: points[index * panels].position, length: 1 / Double(parts), allowance: allowance,
          result: nothing)
        for panel in (index * panels)..<((index + 1) * panels) {
          try refine(points[panel], points[panel + 1], Self.mostHalvings, &part)
        }
        return part.result
      } into: { part in
        for index in result.integral.indices { result.integral[index] += part.integral[index] }
        result.passes += part.passes
        result.error += part.error
      }
    } catch {
      throw .model(error)
    }
    result.passes += parts * panels + 1
    return result
  }

  private func refine(_ low: Point, _ high: Point, _ halvings: Int, _ part: inout Part) throws(ModelError) {
    let width = high.position - low.position
    let error = width / 2 * (low.slope + high.slope) - (high.score - low.score)
    let bound = part.allowance * ((high.position - part.start) / part.length).squareRoot()
    let unavoidable = Self.rounding * max(abs(low.score), abs(high.score))
    if abs(part.result.error + error) <= bound || abs(error) <= unavoidable || halvings == 0 {
      part.result.error += error
      for gradient in [low.gradient, high.gradient] {
        gradient.withValues { values in
          for index in part.result.integral.indices {
            part.result.integral[index] += width / 2 * Double(values[index])
          }
        }
      }
      return
    }
    let middle = try point(at: (low.position + high.position) / 2)
    part.result.passes += 1
    try refine(low, middle, halvings - 1, &part)
    try refine(middle, high, halvings - 1, &part)
  }

  private func point(at position: Double) throws(ModelError) -> Point {
    let pass = try model.backward(from: target, at: path.points(at: [position]))
    let slope = pass.gradient.withValues { values in
      path.difference.indices.reduce(0) { $0 + Double(values[$1]) * path.difference[$1] }
    }
    return Point(position: position, score: pass.scores[0], gradient: pass.gradient, slope: slope)
  }
}
