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

  /// Reads the model, and chooses its output.
  ///
  /// - Returns: The model, and what of the file was not needed for it.
  func open() throws -> (model: Model, notes: [String]) {
    let file = try KerasFile(model, architecture: config)
    let chosen = try outputName.map { name throws in try file.model.answering(with: name) }
    return (chosen ?? file.model, file.notes)
  }
}
