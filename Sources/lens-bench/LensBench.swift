import ArgumentParser

/// The command `lens-bench`.
@main struct LensBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lens-bench", abstract: "Times SignalLens.",
    discussion: "The environment variable LENS_ISA chooses the instruction set.",
    subcommands: [KernelsCommand.self, TrainingCommand.self, WorkerCommand.self],
    defaultSubcommand: KernelsCommand.self)
}
