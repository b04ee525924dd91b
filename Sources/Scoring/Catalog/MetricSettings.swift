import Explainers

/// The parameters that a user gave for a metric, as texts, read by name.
public struct MetricSettings: ParameterTexts, Sendable {
  /// The metric's identifier, for messages.
  public let metric: String
  /// What the user gave.
  public var values: [String: String]

  /// Collects settings for a metric.
  ///
  /// - Parameters:
  ///   - metric: The metric's identifier.
  ///   - values: Texts by the parameters' names.
  public init(metric: String, values: [String: String] = [:]) {
    self.metric = metric
    self.values = values
  }

  /// A value that the metric does not take.
  public func bad(_ name: String, expected: String) -> ScoringError {
    .badParameter(metric: metric, name: name, value: values[name] ?? "", expected: expected)
  }
}
