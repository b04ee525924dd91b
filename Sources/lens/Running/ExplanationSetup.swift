import ArgumentParser
import Foundation
import SignalLens

/// What is there before anything is explained: a model, its items, the methods and the folder for the results.
struct ExplanationSetup {
  let model: Model
  /// One set of items for each input of the model.
  let inputs: [InputSet]
  /// The positions of the inputs to explain.
  let explained: [Int]
  let methods: [ConfiguredMethod]
  /// The methods of families that are left out, and why.
  let leftOut: [(id: String, obstacle: ExplanationError)]
  /// The true evidence of every item, where a command was given some.
  let evidence: InputSet?
  let folder: ResultFolder
  /// Those of the model and of all input files, in this order.
  private let checksums: FileChecksums

  /// Reads what a command names, and makes the folder.
  ///
  /// - Parameters:
  ///   - names: The methods as an option names them; names and parameters are checked before anything is read. Those that come from
  ///     families and that the model lacks something for are left out.
  ///   - source: The model and the inputs.
  ///   - explanation: How they are explained.
  ///   - output: The folder.
  ///   - metrics: The metrics of an evaluation, which may name masks.
  /// - Throws: What cannot be read, does not fit or cannot be made.
  init(
    _ names: String, of source: InputArguments, by explanation: ExplanationArguments, into output: String,
    judging metrics: MetricArguments? = nil
  ) throws {
    let choices = CatalogNames.methods.chosen(by: names)
    let ids = choices.map(\.id)
    guard !ids.isEmpty else {
      throw ValidationError("a method is missing: name one or more of those that 'lens methods' lists")
    }
    if metrics == nil { try explanation.refuseMetricSettings() }
    _ = try explanation.methods(ids)
    let (model, inputs) = try source.open()
    let explained = try Self.explainedInputs(explanation.explainInput, of: model)
    let baseline = try explanation.baselineFile.map { path in
      let items = try Self.items(path, source, model, explained)
      guard items.items.count == 1 else { throw RunError.baselineCount(path: path, found: items.items.count) }
      return try items.load(0).input
    }
    let background = try explanation.backgroundFile.map { path in
      let items = try Self.items(path, source, model, explained)
      return Tensor(joining: try items.items.indices.map { try items.load($0).input })
    }
    evidence = try metrics?.evidence(for: inputs, of: model, explaining: explained, source)
    self.model = model
    self.inputs = inputs
    self.explained = explained
    let all = try explanation.methods(ids, baseline: baseline, background: background)
    let optional = Set(choices.filter { !$0.isNamed }.map(\.id))
    let obstacles = try Self.obstacles(to: all.filter { optional.contains($0.id) }, model, inputs, explained)
    methods = all.filter { obstacles[$0.id] == nil }
    leftOut = all.compactMap { method in obstacles[method.id].map { (method.id, $0) } }
    if methods.isEmpty, let obstacle = obstacles[ids[0]] { throw obstacle }
    folder = try ResultFolder(output)
    // Reading HDF5 files forks, which no other thread should run beside: from here on nothing is read any more.
    checksums = FileChecksums(
      of: [source.source.model] + Self.files(of: inputs, evidence))
  }

  /// The files that items and their masks come from, each once when masks lie beside their items.
  private static func files(of inputs: [InputSet], _ evidence: InputSet?) -> [String] {
    let files = inputs.flatMap(\.files)
    return files + (evidence?.files ?? []).filter { !files.contains($0) }
  }

  /// The items of the first input; those of the others have the same positions.
  var items: [InputItem] { inputs[0].items }

  private static func explainedInputs(_ wanted: [String], of model: Model) throws -> [Int] {
    let names = model.inputs.map { model.nodes[$0].name }
    for name in wanted where !names.contains(name) {
      throw RunError.unknownInput(name: name, available: names)
    }
    return names.indices.filter { wanted.isEmpty || wanted.contains(names[$0]) }
  }

  /// The items of a file that the only explained input is compared with.
  private static func items(
    _ path: String, _ source: InputArguments, _ model: Model, _ explained: [Int]
  ) throws -> InputSet {
    let nodes = explained.map { model.nodes[model.inputs[$0]] }
    guard nodes.count == 1 else {
      throw RunError.baselineForSeveralInputs(path: path, names: nodes.map(\.name))
    }
    return try InputSet(
      [path], for: nodes[0].shape, options: source.baselineOptions(for: model, input: explained[0]))
  }

  /// Why methods cannot explain the inputs, by their identifiers; asked of the first item, without a pass through the model.
  private static func obstacles(
    to methods: [ConfiguredMethod], _ model: Model, _ inputs: [InputSet], _ explained: [Int]
  ) throws -> [String: ExplanationError] {
    guard !methods.isEmpty else { return [:] }
    let items = try inputs.map { try $0.load(0).input }
    var obstacles: [String: ExplanationError] = [:]
    for input in explained {
      let part = try model.varying(input: input, of: items)
      for method in methods where obstacles[method.id] == nil {
        do throws(ExplanationError) {
          try part.check(method.explainer, for: items[input])
        } catch {
          guard error.isLackOfTheModel else { throw error }
          obstacles[method.id] = error
        }
      }
    }
    return obstacles
  }

  /// What is put behind the name of an item, to tell the inputs of a model with several apart.
  func inputSuffix(_ input: Int) -> String {
    guard model.inputs.count > 1 else { return "" }
    // Names come from the file; nothing in them may lead to another folder.
    let names = model.inputs.map { id in
      String(model.nodes[id].name.map { $0.isLetter || $0.isNumber || "_-".contains($0) ? $0 : "-" })
    }
    let isOnly = names.filter { $0 == names[input] }.count == 1
    return ".\(names[input])\(isOnly ? "" : "-\(input + 1)")"
  }

  /// Says which methods of families are left out, and why.
  func reportLeftOut() {
    for (id, obstacle) in leftOut { print("\(id) is left out: \(obstacle.description)") }
  }

  /// The model and then the input files, with their checksums.
  ///
  /// - Throws: `ChecksumError` when a file is gone.
  func files(_ source: InputArguments) throws -> [Manifest.File] {
    let paths = [source.source.model] + Self.files(of: inputs, evidence)
    return zip(paths, try checksums.sha256()).map { Manifest.File(path: $0, sha256: $1) }
  }

  /// What the manifest of a run says.
  ///
  /// - Parameters:
  ///   - options: Every option with its resolved value.
  ///   - source: The model's path.
  ///   - methods: The methods with their parameters.
  ///   - seed: The seed.
  /// - Returns: The manifest, with the checksums of the files that were read.
  /// - Throws: `ChecksumError` when a file is gone.
  func manifest(
    options: [String: String], source: InputArguments, methods: [Manifest.Method], seed: UInt32
  ) throws -> Manifest {
    let files = try files(source)
    return Manifest(
      version: SignalLensVersion.text, commandLine: CommandLine.arguments, options: options,
      model: files[0], inputs: Array(files.dropFirst()), methods: methods, seed: seed,
      items: inputs[0].items.count)
  }
}

extension FigureFormat {
  /// The formats that an option names, in its order; none for `none`.
  static func list(_ text: String, option: String) throws -> [FigureFormat] {
    if text == "none" { return [] }
    return try text.split(separator: ",", omittingEmptySubsequences: false).map { name in
      guard let format = FigureFormat(rawValue: String(name)) else {
        throw ValidationError("\(option) should be png, svg, pdf or none, not '\(text)'")
      }
      return format
    }
  }
}

extension ExplanationError {
  /// Whether the model lacks what a method needs, whatever else was asked for.
  fileprivate var isLackOfTheModel: Bool {
    switch self {
    case .noFeatureMaps, .noGlobalAverage, .layerWithoutPositions, .layerWithoutRule: true
    default: false
    }
  }
}
