/// How long a window or its step is along every axis.
public enum WindowExtent: Sendable, Equatable {
  /// As the extents of the input suggest.
  case automatic
  /// The same along every axis; shortened where an axis is shorter.
  case uniform(Int)
  /// One number for every axis, outermost first.
  case perAxis([Int])

  /// What the command line calls `automatic`.
  package static let automaticName = "auto"
  /// The longest window that is accepted.
  package static let longest = 1_000_000

  /// As the command line writes it, or `nil` for `automatic`.
  package var text: String? {
    switch self {
    case .automatic: nil
    case .uniform(let extent): "\(extent)"
    case .perAxis(let extents): extents.map(String.init).joined(separator: "x")
    }
  }
}

extension ParameterTexts {
  /// A window's extents: `auto`, a number, or one for every axis as in `5x3`.
  package func windowExtent(_ name: String) throws(Problem) -> WindowExtent {
    guard let text = values[name], text != WindowExtent.automaticName else { return .automatic }
    let numbers = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    guard numbers.allSatisfy((1...WindowExtent.longest).contains) else {
      throw bad(
        name,
        expected: "auto, a whole number from 1 to \(WindowExtent.longest), or one for every axis as in 5x3")
    }
    return numbers.count == 1 ? .uniform(numbers[0]) : .perAxis(numbers)
  }
}
