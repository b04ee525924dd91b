import TensorCore

/// The parameters that a user gave for a method, as texts, read by name.
public struct MethodSettings: Sendable {
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

  /// A whole number within a range.
  func count(_ name: String, in range: ClosedRange<Int>, default fallback: Int) throws(ExplanationError)
    -> Int
  {
    guard let text = values[name] else { return fallback }
    guard let number = Int(text), range.contains(number) else {
      throw bad(name, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A number within a range.
  func number(
    _ name: String, in range: ClosedRange<Double>, default fallback: Double
  ) throws(ExplanationError) -> Double {
    guard let text = values[name] else { return fallback }
    guard let number = Double(text), range.contains(number) else {
      throw bad(name, expected: "a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// True or false.
  func flag(_ name: String, default fallback: Bool) throws(ExplanationError) -> Bool {
    guard let text = values[name] else { return fallback }
    guard let flag = Bool(text) else { throw bad(name, expected: "true or false") }
    return flag
  }

  /// One of several names; `others` are names that the caller takes out before.
  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, default fallback: Choice, or others: [String] = []
  ) throws(ExplanationError) -> Choice {
    guard let text = values[name] else { return fallback }
    guard let choice = Choice(rawValue: text) else {
      let names = Choice.allCases.map(\.rawValue) + others
      throw bad(name, expected: "one of \(names.joined(separator: ", "))")
    }
    return choice
  }

  /// A value that the method does not take.
  func bad(_ name: String, expected: String) -> ExplanationError {
    .badParameter(method: method, name: name, value: values[name] ?? "", expected: expected)
  }
}
