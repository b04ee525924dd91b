import ArgumentParser
import SignalLens

/// Which files hold which input of a model.
struct NamedInputs {
  private var named: [(name: String, path: String)] = []
  private let unnamed: [String]

  /// Splits the values of `--input`, such as `signal=beats.npy`.
  ///
  /// - Parameters:
  ///   - named: The values of `--input`.
  ///   - unnamed: The paths without a name.
  /// - Throws: `ValidationError` when a value has no name or no path.
  init(named: [String], unnamed: [String]) throws {
    self.unnamed = unnamed
    for text in named {
      guard let mark = text.firstIndex(of: "="), mark != text.startIndex,
        text.index(after: mark) != text.endIndex
      else { throw ValidationError("--input should be name=path, such as signal=beats.npy, not '\(text)'") }
      self.named.append((String(text[..<mark]), String(text[text.index(after: mark)...])))
    }
  }

  /// The paths that one input of a model would have, as far as names tell.
  func paths(forInput name: String) -> [String] {
    let paths = named.filter { $0.name == name }.map(\.path)
    return paths.isEmpty ? unnamed : paths
  }

  /// The paths for every input of a model, in its order.
  ///
  /// - Parameter model: The model.
  /// - Returns: One list of paths for each input.
  /// - Throws: `RunError` when an input has no path, or a name is that of no input.
  func paths(for model: Model) throws -> [[String]] {
    let names = model.inputs.map { model.nodes[$0].name }
    for (name, _) in named where !names.contains(name) {
      throw RunError.unknownInput(name: name, available: names)
    }
    if names.count == 1 { return [unnamed + named.map(\.path)] }
    guard unnamed.isEmpty else { throw RunError.unnamedInput(path: unnamed[0], available: names) }
    return try names.map { name in
      let paths = named.filter { $0.name == name }.map(\.path)
      guard !paths.isEmpty else { throw RunError.missingInput(name: name) }
      return paths
    }
  }
}
