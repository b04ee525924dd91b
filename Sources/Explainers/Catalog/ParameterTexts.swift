/// The parameters that a user gave, as texts, read by name.
public protocol ParameterTexts {
  /// The error for a value that is not taken.
  associatedtype Problem: Error

  /// What the user gave.
  var values: [String: String] { get }

  /// The error for the value of a parameter.
  ///
  /// - Parameters:
  ///   - name: The parameter.
  ///   - expected: What it should be.
  /// - Returns: The error.
  func bad(_ name: String, expected: String) -> Problem
}

extension ParameterTexts {
  /// A whole number within a range.
  package func count(
    _ name: String, in range: ClosedRange<Int>, default fallback: Int
  ) throws(Problem) -> Int {
    guard let text = values[name] else { return fallback }
    guard let number = Int(text), range.contains(number) else {
      throw bad(name, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A number within a range.
  package func number(
    _ name: String, in range: ClosedRange<Double>, default fallback: Double
  ) throws(Problem) -> Double {
    guard let text = values[name] else { return fallback }
    guard let number = Double(text), range.contains(number) else {
      throw bad(name, expected: "a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// True or false.
  package func flag(_ name: String, default fallback: Bool) throws(Problem) -> Bool {
    guard let text = values[name] else { return fallback }
    guard let flag = Bool(text) else { throw bad(name, expected: "true or false") }
    return flag
  }

  /// One of several names; `others` are names that the caller takes out before.
  package func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, default fallback: Choice, or others: [String] = []
  ) throws(Problem) -> Choice {
    guard let text = values[name] else { return fallback }
    guard let choice = Choice(rawValue: text) else {
      let names = Choice.allCases.map(\.rawValue) + others
      throw bad(name, expected: "one of \(names.joined(separator: ", "))")
    }
    return choice
  }
}
