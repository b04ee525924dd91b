import ArgumentParser
import SignalLens

/// The model and its inputs, shared by all commands that run a model.
struct InputArguments: ParsableArguments {
  @OptionGroup var source: ModelArguments

  @Argument(
    help: ArgumentHelp(
      "Images (.png .tif .jpg), folders of images (one sub-folder per class) or arrays (.h5 .npy .npz .csv .pkl).",
      valueName: "input"))
  var inputs: [String] = []

  @Option(
    name: .customLong("input"), parsing: .singleValue,
    help: ArgumentHelp(
      "An input of a model with several, by its name; repeated for every one of them.",
      valueName: "name=path"))
  var namedInputs: [String] = []

  @Option(help: "The data set that holds the items, in files with several.")
  var key: String?

  @Option(help: "The data set that holds the labels; found by itself where x_test has a y_test.")
  var labelsKey: String?

  @Option(help: "The items to use, such as 0-9,12.")
  var items: String?

  @Option(help: "The column of a .csv file that holds the labels, by name or number from 0.")
  var labelColumn: String?

  @Option(help: ArgumentHelp("Columns at the start of a .csv file to leave out.", valueName: "n"))
  var skipColumns: Int = 0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Factor for all values, such as 1/255, the default for images.", valueName: "factor"))
  var rescale: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Subtracted after rescaling: one number, or one per channel.", valueName: "m,m,…"))
  var mean: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Divided by after that: one number, or one per channel.", valueName: "s,s,…"))
  var std: String?

  @Option(help: ArgumentHelp("Names of the classes.", valueName: "name,name,…"))
  var labels: String?

  @Option(help: ArgumentHelp("Processor threads; all by default.", valueName: "n"))
  var threads: Int?

  @Flag(help: "No progress bar and no closing line.")
  var quiet = false

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads should be at least 1, not \(threads)") }
    if skipColumns < 0 { throw ValidationError("--skip-columns should be at least 0, not \(skipColumns)") }
    if inputs.isEmpty, namedInputs.isEmpty {
      throw ValidationError("an input is missing: name an image, a folder or an array file")
    }
  }

  /// Opens the model and finds its inputs.
  ///
  /// - Returns: The model, and one set of items for each of its inputs, all of one size.
  func open() throws -> (model: Model, inputs: [InputSet]) {
    if let name = InstructionSet.refusedRequest { throw RunError.instructionSet(name: name) }
    if let threads { Threads.count = threads }
    let model = try source.open().model
    let sets = try NamedInputs(named: namedInputs, unnamed: inputs).paths(for: model).enumerated().map {
      index, paths in
      try InputSet(
        paths, for: model.nodes[model.inputs[index]].shape, options: options(for: model, input: index))
    }
    for (index, set) in sets.enumerated() where set.items.count != sets[0].items.count {
      throw RunError.itemCounts(
        input: model.nodes[model.inputs[index]].name, found: set.items.count,
        first: model.nodes[model.inputs[0]].name,
        expected: sets[0].items.count)
    }
    return (model, sets)
  }

  /// The names of the classes: those given, else the folders'.
  func classNames(_ inputs: InputSet) -> [String] {
    labels.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
      ?? inputs.classNames
  }

  /// How the file of a baseline becomes an input: as the inputs do, but it holds one item of its own.
  func baselineOptions(for model: Model) throws -> InputOptions {
    var options = try options(for: model)
    options.items = nil
    options.key = nil
    options.labelsKey = nil
    return options
  }

  /// Every option with the value that is used.
  var resolved: [String: String] {
    [
      "key": key ?? "the only one that fits", "labels-key": labelsKey ?? "found by itself",
      "items": items ?? "all",
      "label-column": labelColumn ?? "none", "skip-columns": "\(skipColumns)",
      "rescale": rescale ?? "1/255 for images, 1 for arrays", "mean": mean ?? "0", "std": std ?? "1",
      "config": source.config ?? "that of the model", "output-name": source.outputName ?? "the first",
      "input": namedInputs.isEmpty ? "none by name" : namedInputs.joined(separator: ", "),
      "labels": labels ?? "none", "threads": "\(Threads.count)",
    ]
  }

  private func options(for model: Model, input: Int = 0) throws -> InputOptions {
    var options = InputOptions(key: key, labelsKey: labelsKey)
    options.expectsChannelsFirst = model.takesChannelsFirstArrays(at: input)
    options.items = try items.map { text throws in try ItemSelection(parsing: text) }
    options.table = TableOptions(
      labelColumn: labelColumn.map { TableOptions.Column(parsing: $0) }, skippedColumns: skipColumns)
    options.scaling = InputScaling(
      rescale: try rescale.map { try Self.factor($0) }, mean: try Self.numbers(mean, for: "mean"),
      deviation: try Self.numbers(std, for: "std"))
    guard options.scaling.deviation.allSatisfy({ $0 != 0 }) else {
      throw ValidationError("--std should not be 0, because values are divided by it")
    }
    return options
  }

  /// A number, or a fraction such as 1/255.
  private static func factor(_ text: String) throws -> Double {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Double($0) }
    let factor =
      parts.count == 2 ? (parts[0] ?? .nan) / (parts[1] ?? .nan) : parts.count == 1 ? parts[0] : nil
    guard let factor, factor.isFinite, factor != 0 else {
      throw ValidationError("--rescale should be a number such as 1/255, not '\(text)'")
    }
    return factor
  }

  private static func numbers(_ text: String?, for option: String) throws -> [Double] {
    guard let text else { return [] }
    return try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let number = Double(part), number.isFinite else {
        throw ValidationError("--\(option) should be numbers separated by commas, not '\(text)'")
      }
      return number
    }
  }
}
