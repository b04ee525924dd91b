import ArgumentParser
import SignalLens

/// The command `lens convert`.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Writes a model as an .h5 file that Keras 2 and Keras 3 both load.",
    discussion: """
      The new file gives the same predictions. It holds the network alone: no optimizer and no rates of dropout, and batch \
      normalisation as the scale and the shift that it comes to.
      """)

  @OptionGroup var source: ModelArguments

  @Option(help: ArgumentHelp("The Keras file to write.", valueName: "file.h5"))
  var output: String

  func validate() throws {
    guard output.lowercased().hasSuffix(".h5") || output.lowercased().hasSuffix(".hdf5") else {
      throw ValidationError("--output should end in .h5, the format that is written, not '\(output)'")
    }
  }

  func run() throws {
    let (model, _) = try source.open()
    try model.write(keras: output)
    print("\(model.layerNames.count) layers, \(model.parameterCount.grouped) parameters: \(output)")
  }
}
