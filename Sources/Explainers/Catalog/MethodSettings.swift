import TensorCore

/// The parameters that a user gave for a method, as texts, read by name.
public struct MethodSettings: ParameterTexts, Sendable {
  /// The method's identifier, for messages.
  public let method: String
  /// What the user gave.
  public var values: [String: String]
  /// The baseline that was read from a file, `[1, spatial..., channels]`.
  public var baseline: Tensor?
  /// The background set that was read from a file, `[items, spatial..., channels]`.
  public var background: Tensor?

  /// Collects settings for a method.
  ///
  /// - Parameters:
  ///   - method: The method's identifier.
  ///   - values: Texts by the parameters' names.
  ///   - baseline: The baseline that was read from a file.
  ///   - background: The background set that was read from a file.
  public init(
    method: String, values: [String: String] = [:], baseline: Tensor? = nil, background: Tensor? = nil
  ) {
    self.method = method
    self.values = values
    self.baseline = baseline
    self.background = background
  }

  /// A value that the method does not take.
  public func bad(_ name: String, expected: String) -> ExplanationError {
    .badParameter(method: method, name: name, value: values[name] ?? "", expected: expected)
  }
}
