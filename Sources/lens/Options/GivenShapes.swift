import ArgumentParser
import SignalLens

/// The values of `--input-shape`: extents for every input, or for those that they name.
struct GivenShapes {
  private struct Given {
    let text: String
    let name: String?
    let extents: [Int]
  }

  private var all: [Given] = []

  /// Parses values such as `224x224x3` and `signal=128x2`.
  ///
  /// - Parameter texts: The values.
  /// - Throws: `ValidationError` for one that does not parse, or a second one for the same input.
  init(_ texts: [String]) throws {
    for text in texts {
      let mark = text.lastIndex(of: "=")
      let name = mark.map { String(text[..<$0]) }
      let numbers = mark.map { text[text.index(after: $0)...] } ?? text[...]
      let extents = numbers.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
      guard name != "", extents.allSatisfy({ $0.map { (1...Int(Int32.max)).contains($0) } ?? false }) else {
        throw ValidationError(
          "--input-shape should be extents such as 224x224x3 or signal=128x2, not '\(text)'")
      }
      guard !all.contains(where: { $0.name == name }) else {
        throw ValidationError(
          "--input-shape is given twice for \(name.map { "the input '\($0)'" } ?? "every input"); name another input"
        )
      }
      all.append(Given(text: text, name: name, extents: extents.compactMap { $0 }))
    }
  }

  /// The shape of an input: that which names it, else that without a name.
  func shape(of input: String) -> [Int]? {
    (all.first { $0.name == input } ?? all.first { $0.name == nil })?.extents
  }

  /// A shape that was given has to be that of an input, whether the file left it open or not.
  ///
  /// - Parameter model: The model.
  /// - Throws: `RunError` when it is not.
  func check(_ model: Model) throws {
    let nodes = model.inputs.map { model.nodes[$0] }
    for given in all {
      if let name = given.name, !nodes.contains(where: { $0.name == name }) {
        throw RunError.unknownInput(name: name, available: nodes.map(\.name))
      }
      let shapes = nodes.filter { given.name == nil || $0.name == given.name }
        .map { Array($0.shape.extents.dropFirst()) }
      guard shapes.contains(where: { $0 == given.extents || Array($0.dropLast()) == given.extents }) else {
        throw RunError.inputShape(given: given.text, shapes: shapes.map { Shape($0).description })
      }
    }
  }
}
