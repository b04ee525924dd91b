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

  @Option(
    help: ArgumentHelp(
      "How pixels from 0 to 255 are scaled, by the names of keras.applications: \(Preprocessing.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "convention"))
  var preprocess: String?

  @Option(help: ArgumentHelp("Names of the classes.", valueName: "name,name,…"))
  var labels: String?

  @Option(help: ArgumentHelp("Processor threads; all by default.", valueName: "n"))
  var threads: Int?

  @Flag(help: "No progress bar, no remarks and no closing line.")
  var quiet = false

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads should be at least 1, not \(threads)") }
    if skipColumns < 0 { throw ValidationError("--skip-columns should be at least 0, not \(skipColumns)") }
    _ = try scaling()
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
    let named = try NamedInputs(named: namedInputs, unnamed: inputs)
    let model = try source.open { input, extents in
      let paths = named.paths(forInput: input)
      return paths.isEmpty
        ? nil : try InputSet.shapeOfFirstItem(paths, completing: extents, options: options())
    }.model
    let sets = try named.paths(for: model).enumerated().map {
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
  func baselineOptions(for model: Model, input: Int) throws -> InputOptions {
    var options = try options(for: model, input: input)
    options.items = nil
    options.key = nil
    options.labelsKey = nil
    return options
  }

  /// How the file of masks becomes one mask for every item.
  func maskOptions(key: String?) throws -> InputOptions {
    var options = InputOptions(key: key, labelsKey: nil)
    options.items = try items.map { text throws in try ItemSelection(parsing: text) }
    return options
  }

  /// Every option with the value that is used.
  var resolved: [String: String] {
    [
      "key": key ?? "the only one that fits", "labels-key": labelsKey ?? "found by itself",
      "items": items ?? "all",
      "label-column": labelColumn ?? "none", "skip-columns": "\(skipColumns)",
      "preprocess": preprocess ?? "by --rescale, --mean and --std",
      "rescale": rescale ?? (preprocess == nil ? "1/255 for images, 1 for arrays" : "by --preprocess"),
      "mean": mean ?? "0", "std": std ?? "1",
      "input-shape": source.inputShape.isEmpty
        ? "that of the model, else of the first item" : source.inputShape.joined(separator: ", "),
      "config": source.config ?? "that of the model", "output-name": source.outputName ?? "the first",
      "input": namedInputs.isEmpty ? "none by name" : namedInputs.joined(separator: ", "),
      "labels": labels ?? "none", "threads": "\(Threads.count)",
    ]
  }

  private func options(for model: Model, input: Int = 0) throws -> InputOptions {
    var options = try options()
    options.expectsChannelsFirst = model.takesChannelsFirstArrays(at: input)
    return options
  }

  /// What does not depend on the model.
  private func options() throws -> InputOptions {
    var options = InputOptions(key: key, labelsKey: labelsKey)
    options.items = try items.map { text throws in try ItemSelection(parsing: text) }
    options.table = TableOptions(
      labelColumn: labelColumn.map { TableOptions.Column(parsing: $0) }, skippedColumns: skipColumns)
    options.scaling = try scaling()
    return options
  }

  private func scaling() throws -> InputScaling {
    try ScalingArguments(preprocess: preprocess, rescale: rescale, mean: mean, std: std).scaling()
  }
}
