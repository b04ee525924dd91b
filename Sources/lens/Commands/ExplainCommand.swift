import ArgumentParser
import Foundation
import SignalLens

/// The command `lens explain`.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explains a model's answers by maps over its inputs.",
    discussion: """
      Writes for every item and method a table <item>.<method>.csv and a figure <item>.<method>.png, and for the run \
      summary.csv and manifest.json. The methods and their parameters are listed by 'lens methods'.
      """)

  @OptionGroup var source: InputArguments
  @OptionGroup var explanation: ExplanationArguments

  @Option(help: ArgumentHelp("The methods.", valueName: "id,id,…"))
  var method: String

  @Option(help: ArgumentHelp("The folder for the results.", valueName: "folder"))
  var output: String

  @Option(help: ArgumentHelp("Formats of the figures: png, svg, pdf, or none.", valueName: "format,…"))
  var figures = "png"

  func validate() throws { _ = try figureFormats() }

  func run() throws {
    let start = ContinuousClock.now
    let ids = method.split(separator: ",").map(String.init)
    // Names are checked before anything is read, and the folder is made before anything is computed.
    _ = try explanation.methods(ids, baseline: nil)
    let modelChecksum = FileChecksums(of: [source.source.model])
    let (model, sets) = try source.open()
    guard sets.count == 1 else {
      throw RunError.severalInputs(names: model.inputs.map { model.nodes[$0].name })
    }
    let inputs = sets[0]
    let inputChecksums = FileChecksums(of: inputs.files)
    let methods = try explanation.methods(ids, baseline: try baseline(for: model))
    let folder = try ResultFolder(output)
    let run = ExplanationRun(
      model: model, inputs: inputs, methods: methods, arguments: explanation,
      classNames: source.classNames(inputs), figures: try figureFormats(), folder: folder)
    let resolved = try run.run(isQuiet: source.quiet)
    let checksums = try modelChecksum.sha256() + inputChecksums.sha256()
    try folder.write(manifest(inputs, checksums, resolved).json(), as: "manifest.json")
    if !source.quiet {
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      let items = inputs.items.count == 1 ? "1 item" : "\(inputs.items.count) items"
      print(
        "explained \(items) by \(ids.joined(separator: ", ")) in \(String(format: "%.2f", seconds)) s: \(output)"
      )
      for method in resolved {
        if let passes = method.passes { print("\(method.id): \(passes) passes along the path") }
        for note in method.notes { print("\(method.id): \(note)") }
      }
    }
  }

  private func figureFormats() throws -> [FigureFormat] {
    if figures == "none" { return [] }
    return try figures.split(separator: ",", omittingEmptySubsequences: false).map { name in
      guard let format = FigureFormat(rawValue: String(name)) else {
        throw ValidationError("--figures should be png, svg, pdf or none, not '\(figures)'")
      }
      return format
    }
  }

  private func baseline(for model: Model) throws -> Tensor? {
    guard let path = explanation.baselineFile else { return nil }
    let items = try InputSet([path], for: model.inputShape, options: source.baselineOptions(for: model))
    guard items.items.count == 1 else { throw RunError.baselineCount(path: path, found: items.items.count) }
    return try items.load(0).input
  }

  private func manifest(
    _ inputs: InputSet, _ checksums: [String], _ methods: [Manifest.Method]
  ) -> Manifest {
    let files = zip([source.source.model] + inputs.files, checksums).map {
      Manifest.File(path: $0, sha256: $1)
    }
    return Manifest(
      version: SignalLensVersion.text, commandLine: CommandLine.arguments,
      options: source.resolved.merging(explanation.resolved) { first, _ in first }
        .merging(["output": output, "figures": figures, "method": method]) { first, _ in first },
      model: files[0], inputs: Array(files.dropFirst()), methods: methods, seed: explanation.seed,
      items: inputs.items.count)
  }
}
