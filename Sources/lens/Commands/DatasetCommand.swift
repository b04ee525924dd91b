import ArgumentParser

/// The command `lens dataset`.
struct DatasetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dataset", abstract: "Generates data sets.",
    subcommands: [MNIST1DCommand.self, BeatsCommand.self, TissueCommand.self])
}
