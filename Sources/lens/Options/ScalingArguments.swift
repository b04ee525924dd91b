import ArgumentParser
import SignalLens

/// The texts of the options that say how values are scaled.
struct ScalingArguments {
  let preprocess: String?
  let rescale: String?
  let mean: String?
  let std: String?

  /// The scaling that they ask for.
  ///
  /// - Returns: A convention's, or that of the single numbers.
  /// - Throws: `ValidationError` for a text that does not parse, or for options that exclude each other.
  func scaling() throws -> InputScaling {
    guard let preprocess else { return try scalingByNumbers() }
    let others = [("--rescale", rescale), ("--mean", mean), ("--std", std)].filter { $0.1 != nil }.map(\.0)
    guard others.isEmpty else {
      throw ValidationError(
        "--preprocess and \(others.joined(separator: ", ")) exclude each other; give the convention or the numbers"
      )
    }
    guard let preprocessing = Preprocessing(rawValue: preprocess) else {
      let names = Preprocessing.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--preprocess should be one of \(names), not '\(preprocess)'")
    }
    return InputScaling(preprocessing)
  }

  private func scalingByNumbers() throws -> InputScaling {
    let scaling = InputScaling(
      rescale: try rescale.map { try Self.factor($0) }, mean: try Self.numbers(mean, for: "mean"),
      deviation: try Self.numbers(std, for: "std"))
    guard scaling.deviation.allSatisfy({ $0 != 0 }) else {
      throw ValidationError("--std should not be 0, because values are divided by it")
    }
    return scaling
  }

  /// A number, or a fraction such as 1/255.
  private static func factor(_ text: String) throws -> Double {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Double($0) }
    let factor =
      parts.count == 2 ? (parts[0] ?? .nan) / (parts[1] ?? .nan) : parts.count == 1 ? parts[0] : nil
    guard let factor, factor.isFinite, factor != 0 else {
      throw ValidationError("--rescale should be a number such as 1/255, not '\(text)'")
    }
    return factor
  }

  private static func numbers(_ text: String?, for option: String) throws -> [Double] {
    guard let text else { return [] }
    return try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let number = Double(part), number.isFinite else {
        throw ValidationError("--\(option) should be numbers separated by commas, not '\(text)'")
      }
      return number
    }
  }
}
