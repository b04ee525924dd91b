import Explainers
import Networks

/// A number that says how good explanations are.
///
/// A metric judges either every explanation on its own (`ItemMetric`) or those of a group of items together (`GroupMetric`).
public protocol AttributionMetric: Sendable {
  /// What the catalogue says of the metric.
  static var info: MetricInfo { get }

  /// The parameters with their resolved values, in the order of the catalogue.
  var parameters: [Attribution.Parameter] { get }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  init(settings: MetricSettings) throws(ScoringError)

  /// The explanations that judging one explanation takes besides it.
  ///
  /// A metric that explains nothing again leaves this out.
  ///
  /// - Parameter model: The model that is explained.
  /// - Returns: How many, and what they are of; `nil` for none.
  func moreExplanations(of model: Model) -> MoreExplanations?
}

extension AttributionMetric {
  /// No more explanations.
  public func moreExplanations(of model: Model) -> MoreExplanations? { nil }
}

/// A metric that judges every explanation on its own.
public protocol ItemMetric: AttributionMetric {
  /// Judges an explanation.
  ///
  /// - Parameter explanation: The explanation with its model, its method and the true evidence where that is known.
  /// - Returns: The value, or why there is none.
  /// - Throws: `ScoringError` when the model or the metric's parameters do not fit.
  func score(_ explanation: ScoredExplanation) throws(ScoringError) -> MetricScore
}

/// A metric that compares the explanations of several items by one method.
public protocol GroupMetric: AttributionMetric {
  /// Judges every explanation of a group.
  ///
  /// - Parameter group: The explanations of consecutive items, all of one shape.
  /// - Returns: One score for each of them.
  func scores(_ group: [GroupMember]) -> [MetricScore]
}

/// What a metric says of one explanation.
public struct MetricScore: Codable, Sendable, Equatable {
  /// The value; `nil` where there is none.
  public var value: Double?
  /// What the value is made of, for metrics that change the input step by step: scores from the first step (nothing changed) to the last
  /// (everything changed), equally spaced.
  public var curve: [Double]
  /// Why there is no value, in one sentence.
  public var reason: String?

  /// A value.
  public init(_ value: Double, curve: [Double] = []) {
    self.value = value.isFinite ? value : nil
    self.curve = curve
    reason = value.isFinite ? nil : "the value is not a finite number"
  }

  private init(reason: String) {
    curve = []
    self.reason = reason
  }

  /// No value.
  ///
  /// - Parameter reason: Why, in one sentence.
  /// - Returns: The score.
  public static func undefined(_ reason: String) -> MetricScore { MetricScore(reason: reason) }
}
