import Boundary
import Explainers
import TensorCore

/// Why explanations cannot be judged.
public enum ScoringError: Failure, Equatable {
  /// The model cannot be run or explained as asked.
  case explanation(ExplanationError)
  /// No metric of that name.
  case unknownMetric(id: String, known: [String])
  /// A metric has no such parameter.
  case unknownParameter(metric: String, name: String, known: [String])
  /// A parameter's value is not one that the metric takes.
  case badParameter(metric: String, name: String, value: String, expected: String)
  /// Two parameters, or a parameter and a model, that exclude each other.
  case doesNotFit(metric: String, reason: String, advice: String)
  /// True evidence of other extents than the input.
  case evidenceShape(expected: Shape, found: Shape)

  /// The class of the failure.
  public var failureClass: FailureClass {
    switch self {
    case .explanation(let error): error.failureClass
    case .evidenceShape: .badData
    default: .usage
    }
  }

  /// One sentence for the user.
  public var description: String {
    switch self {
    case .explanation(let error):
      error.description
    case .unknownMetric(let id, let known):
      "there is no metric '\(id)'; the metrics are \(known.joined(separator: ", "))"
    case .unknownParameter(let metric, let name, let known):
      "the metric '\(metric)' has no parameter '\(name)'; "
        + (known.isEmpty ? "it has none" : "its parameters are \(known.joined(separator: ", "))")
    case .badParameter(let metric, let name, let value, let expected):
      "'\(value)' is not a value for \(metric).\(name), which should be \(expected)"
    case .doesNotFit(let metric, let reason, let advice):
      "'\(metric)' cannot be computed, because \(reason); \(advice)"
    case .evidenceShape(let expected, let found):
      "the mask of the evidence should have the extents of an item, \(expected.item), but has \(found.item)"
    }
  }
}

/// Runs something that explains or runs a model, and reports its errors as ours.
func explaining<Result>(_ body: () throws(ExplanationError) -> Result) throws(ScoringError) -> Result {
  do {
    return try body()
  } catch {
    throw .explanation(error)
  }
}
