import ArgumentParser
import SignalLens

/// The command `lens convert`.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Writes a model as an .h5 file that Keras 2 and Keras 3 both load.",
    discussion: """
      The new file gives the same predictions. It holds the network with all that training goes on from, rates of dropout and \
      statistics of batch normalisation among it, but no optimizer and no loss. A layer that only one version of Keras has becomes \
      layers that both have where there are such: multi-head attention becomes attention per head, arithmetic with constants \
      Rescaling. Where there are none, as for division of one layer by another, RMSNormalization or Sparsemax, a sentence names the layer.
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
