import Networks
import TensorCore

/// How the gradient is integrated along a path.
public enum PathIntegration: Sendable, Equatable {
  /// As a weighted sum over a number of steps.
  case steps(Int, PathRule)
  /// Refined until the map's sum misses the score's difference by at most a share of it.
  case tolerance(Double)
  /// In closed form on every piece of the path on which the model is linear.
  case exact
  /// Exact where the score is piecewise linear and the pieces are few, else 50 steps by the midpoint rule.
  case automatic

  /// The name of `exact` among the rules.
  static let exactName = "exact"
  /// The value of parameters that leave the choice to the method.
  static let automaticName = "auto"
  /// Names that stand among the rules besides them.
  static let otherRules = [exactName, automaticName]
  /// The steps when none are given.
  static let standardSteps = 50
  /// The steps of which a single one hardly counts.
  private static let manySteps = 32
  /// The tolerances that are accepted; scores are 32-bit numbers.
  static let tolerances = 1e-4...1.0
  /// The most values with a kink up to which a model is walked piece by piece unasked.
  static let mostUnits = 20_000
  /// The most pieces that are integrated unasked, and when asked.
  static let mostPieces = (unasked: 5_000, asked: 1_000_000)
}

/// An integral of the gradient along a path, and how it came about.
struct PathIntegral {
  var values: [Double]
  /// How it was integrated; never `automatic`.
  var integration: PathIntegration
  var passes: Int
  var notes: [String] = []
}

extension PathIntegration {
  /// Integrates the gradient of a score along a path.
  ///
  /// - Throws: `ExplanationError` when the model cannot be run, or not be walked piece by piece as was asked.
  func integrate(
    _ target: Target, _ model: Model, along path: StraightPath
  ) throws(ExplanationError) -> PathIntegral {
    switch self {
    case .steps(let steps, let rule):
      return try integral(over: rule.nodes(steps: steps), target, model, path)
    case .tolerance(let tolerance):
      let result = try AdaptivePath(path: path, target: target, model: model).integrate(tolerance: tolerance)
      return PathIntegral(values: result.integral, integration: self, passes: result.passes)
    case .exact:
      switch try walk(path, target, model, atMost: Self.mostPieces.asked) {
      case .pieces(let nodes): return try integral(over: nodes, target, model, path)
      case .obstacle(let reason): throw .noExactPath(reason: reason)
      }
    case .automatic:
      switch try walkIfCheap(path, target, model) {
      case .pieces(let nodes): return try Self.exact.integral(over: nodes, target, model, path)
      case .obstacle(let reason):
        let steps = PathIntegration.steps(Self.standardSteps, .midpoint)
        var result = try steps.integrate(target, model, along: path)
        result.notes = ["took \(Self.standardSteps) steps instead of the exact integral, because \(reason)"]
        return result
      }
    }
  }

  /// What came of walking a path piece by piece.
  private enum Walk {
    case pieces([PathRule.Node])
    /// Why that cannot be done, to stand behind "because".
    case obstacle(String)
  }

  private func walkIfCheap(
    _ path: StraightPath, _ target: Target, _ model: Model
  ) throws(ExplanationError) -> Walk {
    if let units = LinearPieces.units(of: model), units > Self.mostUnits {
      return .obstacle("the model has \(units) values with a kink")
    }
    return try walk(path, target, model, atMost: Self.mostPieces.unasked)
  }

  private func walk(
    _ path: StraightPath, _ target: Target, _ model: Model, atMost limit: Int
  ) throws(ExplanationError) -> Walk {
    guard target.space == .logit else {
      return .obstacle("a probability is not piecewise linear in the input")
    }
    do throws(LinearPieces.Problem) {
      return .pieces(try LinearPieces(of: path, through: model).nodes(atMost: limit))
    } catch {
      switch error {
      case .curved(let layer): return .obstacle("the layer '\(layer)' is not piecewise linear")
      case .tooMany(let limit): return .obstacle("the path has more than \(limit) pieces")
      case .model(let error): throw .model(error)
      }
    }
  }

  private func integral(
    over nodes: [PathRule.Node], _ target: Target, _ model: Model, _ path: StraightPath
  ) throws(ExplanationError) -> PathIntegral {
    // Pieces are integrated in closed form, each with the gradient that it has.
    let areMany = self != .exact && nodes.count >= Self.manySteps
    return PathIntegral(
      values: try path.integrateGradient(of: target, model, over: nodes, areMany: areMany),
      integration: self, passes: nodes.count)
  }
}
