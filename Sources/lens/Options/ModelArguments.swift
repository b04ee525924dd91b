import ArgumentParser
import SignalLens

/// The model, shared by all commands that read one.
struct ModelArguments: ParsableArguments {
  @Argument(help: "The Keras file: .h5, .hdf5 or .keras.")
  var model: String

  @Option(
    help: ArgumentHelp(
      "The architecture, the text of model.to_json(), for a file that holds weights alone.",
      valueName: "file.json"))
  var config: String?

  @Option(
    help: ArgumentHelp("The output to use, of a model with several; the first by default.", valueName: "name")
  )
  var outputName: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "The extents of the input, for a model that leaves them open, such as 224x224x3 or 224x224; repeated with the names of the inputs for a model with several, such as signal=128x2.",
      valueName: "extents"))
  var inputShape: [String] = []

  func validate() throws { _ = try GivenShapes(inputShape) }

  /// Reads the model, and chooses its output.
  ///
  /// - Parameter shape: Gives the shape of an input that the file leaves open and no option tells, from its name and what the file says.
  /// - Returns: The model, and what of the file was not needed for it.
  /// - Throws: `KerasFormatError` when the file is no model, `RunError.inputShape` when the option does not fit it.
  func open(
    completing shape: (_ input: String, _ extents: [Int?]) throws -> [Int]? = { _, _ in nil }
  ) throws -> (model: Model, notes: [String]) {
    let given = try GivenShapes(inputShape)
    let file = try opened { input, extents in try given.shape(of: input) ?? shape(input, extents) }
    try given.check(file.model)
    let chosen = try outputName.map { name throws in try file.model.answering(with: name) }
    return (chosen ?? file.model, file.notes)
  }

  /// Reads the file once, and again for every input whose shape it leaves open.
  private func opened(_ shape: (_ input: String, _ extents: [Int?]) throws -> [Int]?) throws -> KerasFile {
    var shapes: [String: [Int]] = [:]
    while true {
      do throws(KerasFormatError) {
        return try KerasFile(model, architecture: config, inputShapes: shapes)
      } catch {
        guard case .openInput(_, let input, let extents) = error, shapes[input] == nil,
          let found = try shape(input, extents)
        else { throw error }
        shapes[input] = found
      }
    }
  }
}
