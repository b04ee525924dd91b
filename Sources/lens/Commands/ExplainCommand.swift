import ArgumentParser
import Foundation
import SignalLens

/// The command `lens explain`.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explains a model's answers by maps over its inputs.",
    discussion: """
      Writes for every item and method a table <item>.<method>.csv and a figure <item>.<method>.png, and for the run \
      summary.csv and manifest.json. The methods and their parameters are listed by 'lens methods'. Of a model with several inputs \
      every one is explained in turn, with the others held at the item's values; <item> is then <item>.<input>.
      """)

  @OptionGroup var source: InputArguments
  @OptionGroup var explanation: ExplanationArguments

  @Option(help: ArgumentHelp("The methods.", valueName: "id,id,…"))
  var method: String

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "An input to explain, of a model with several; may be repeated; all of them by default.",
      valueName: "name"))
  var explainInput: [String] = []

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
    let (model, sets) = try source.open()
    let explained = try explainedInputs(of: model)
    let methods = try explanation.methods(ids, baseline: try baseline(for: model, explained))
    let folder = try ResultFolder(output)
    let inputs = sets[0]
    let run = ExplanationRun(
      model: model, inputs: sets, explained: explained, methods: methods, arguments: explanation,
      classNames: source.classNames(inputs), figures: try figureFormats(), folder: folder)
    let resolved = try run.run(isQuiet: source.quiet)
    try folder.write(manifest(sets, resolved).json(), as: "manifest.json")
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

  /// The positions of the inputs to explain.
  private func explainedInputs(of model: Model) throws -> [Int] {
    let names = model.inputs.map { model.nodes[$0].name }
    for name in explainInput where !names.contains(name) {
      throw RunError.unknownInput(name: name, available: names)
    }
    return names.indices.filter { explainInput.isEmpty || explainInput.contains(names[$0]) }
  }

  private func baseline(for model: Model, _ explained: [Int]) throws -> Tensor? {
    guard let path = explanation.baselineFile else { return nil }
    let nodes = explained.map { model.nodes[model.inputs[$0]] }
    guard nodes.count == 1 else {
      throw RunError.baselineForSeveralInputs(path: path, names: nodes.map(\.name))
    }
    let items = try InputSet(
      [path], for: nodes[0].shape, options: source.baselineOptions(for: model, input: explained[0]))
    guard items.items.count == 1 else { throw RunError.baselineCount(path: path, found: items.items.count) }
    return try items.load(0).input
  }

  private func manifest(_ inputs: [InputSet], _ methods: [Manifest.Method]) throws -> Manifest {
    Manifest(
      version: SignalLensVersion.text, commandLine: CommandLine.arguments,
      options: source.resolved.merging(explanation.resolved) { first, _ in first }
        .merging([
          "output": output, "figures": figures, "method": method,
          "explain-input": explainInput.isEmpty ? "all" : explainInput.joined(separator: ", "),
        ]) { first, _ in first },
      model: .init(path: source.source.model, sha256: try SHA256.hexadecimal(ofFile: source.source.model)),
      inputs: try inputs.flatMap(\.files).map { .init(path: $0, sha256: try SHA256.hexadecimal(ofFile: $0)) },
      methods: methods, seed: explanation.seed,
      items: inputs[0].items.count)
  }
}
