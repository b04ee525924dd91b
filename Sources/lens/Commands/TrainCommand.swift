import ArgumentParser
import Foundation
import SignalLens

/// The command `lens train`.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Trains a network by a recipe and writes it as a Keras file.",
    discussion: """
      A recipe is a YAML file that names the layers, the data and how to train; those of the program are listed by --list, shown by --show and followed by their \
      names (\(BuiltInRecipe.names.joined(separator: ", "))). Writes best.h5 (the epoch with the lowest loss) and last.h5, which Keras loads, history.csv, \
      learning-curve.png, recipe.yaml (with every setting), manifest.json, and checkpoint.h5, with which an interrupted training goes on (--resume): it gives the \
      same bytes as one that was not interrupted.
      """)

  @Argument(help: "A recipe: the path of a YAML file, or the name of one of the program.")
  var recipe: String?

  @Flag(help: "Lists the recipes of the program.")
  var list = false

  @Option(help: ArgumentHelp("Shows a recipe of the program.", valueName: "name"))
  var show: String?

  @Option(
    help: ArgumentHelp(
      "The folder for the results; lens-output/ and the recipe's name by default.", valueName: "folder"))
  var output: String?

  @Flag(help: "Goes on with a training that was interrupted; the recipe may be left out.")
  var resume = false

  @Flag(help: "Starts anew where the folder holds a training already.")
  var force = false

  @Option(help: ArgumentHelp("The number of epochs.", valueName: "n"))
  var epochs: Int?

  @Option(help: ArgumentHelp("The seed of weights, order, augmentation and dropout.", valueName: "n"))
  var seed: UInt32?

  @Option(help: ArgumentHelp("A Keras file to start from, with its weights.", valueName: "model.h5"))
  var from: String?

  @Option(help: ArgumentHelp("The last layer that is not trained.", valueName: "layer"))
  var freezeUntil: String?

  @Option(help: ArgumentHelp("Gives the model a new last layer of so many outputs.", valueName: "classes"))
  var replaceHead: Int?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Changes a value of the recipe, such as optimizer.adamw.weight-decay=0.01; repeated for several.",
      valueName: "key=value"))
  var changes: [String] = []

  @Option(help: ArgumentHelp("Processor threads; all by default.", valueName: "n"))
  var threads: Int?

  @Flag(help: "No progress bar and no closing lines.")
  var quiet = false

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads should be at least 1, not \(threads)") }
    if resume, force { throw ValidationError("--resume goes on and --force starts anew; choose one of them") }
    if recipe == nil, !list, show == nil, !(resume && output != nil) {
      throw ValidationError(
        "a recipe is missing: name a YAML file or one of \(BuiltInRecipe.names.joined(separator: ", "))")
    }
  }

  func run() throws {
    if list || show != nil {
      try printRecipes()
      return
    }
    if let name = InstructionSet.refusedRequest { throw RunError.instructionSet(name: name) }
    if let threads { Threads.count = threads }
    let folder = try TrainingFolder(output ?? standardOutput, resuming: resume, replacing: force)
    let recipe = try self.recipe.map { path throws in try Recipe(contentsOf: path, changes: recipeChanges()) }
    let known = try resume ? folder.recipe(expecting: recipe, changes: recipeChanges()) : recipe
    guard let known else { return }
    let run = try TrainingRun(
      known, in: folder, options: options(known), recipeFile: self.recipe, isQuiet: quiet)
    Interruption.awaitRequests()
    try run.run()
  }

  private func printRecipes() throws {
    if list {
      var table = TextTable(columns: ["recipe", "what it trains"])
      for name in BuiltInRecipe.names { table.append([name, BuiltInRecipe.summary(named: name) ?? ""]) }
      print(table.text)
    }
    guard let show else { return }
    guard let text = BuiltInRecipe.text(named: show) else {
      throw RecipeError.unknownRecipe(name: show, available: BuiltInRecipe.names)
    }
    print(text, terminator: "")
  }

  private var standardOutput: String {
    let stem = URL(fileURLWithPath: recipe ?? "training").deletingPathExtension().lastPathComponent
    return "lens-output/\(stem)"
  }

  /// What the options change about the recipe; paths are taken from the current folder.
  private func recipeChanges() throws -> [RecipeChange] {
    var changes: [RecipeChange] = []
    if let from {
      let path = URL(fileURLWithPath: from).standardized.path
      changes.append(
        RecipeChange(
          ["model"], yaml: "{file: '\(path.replacing("'", with: "''"))', weights: kept}", option: "--from"))
    }
    if let freezeUntil {
      changes.append(RecipeChange(["model", "freeze-until"], word: freezeUntil, option: "--freeze-until"))
    }
    if let replaceHead {
      changes.append(
        RecipeChange(["model", "replace-head"], yaml: "\(replaceHead)", option: "--replace-head"))
    }
    if let epochs { changes.append(RecipeChange(["epochs"], yaml: "\(epochs)", option: "--epochs")) }
    if let seed { changes.append(RecipeChange(["seed"], yaml: "\(seed)", option: "--seed")) }
    return try changes + self.changes.map { text throws in try RecipeChange(parsing: text) }
  }

  /// Every option with the value that is used.
  private func options(_ recipe: Recipe) -> [String: String] {
    [
      "recipe": self.recipe ?? "that of the folder", "output": output ?? standardOutput,
      "resume": "\(resume)", "force": "\(force)",
      "epochs": "\(recipe.settings.epochs)", "seed": "\(recipe.settings.seed)",
      "from": from ?? "the recipe's model", "freeze-until": freezeUntil ?? "as the recipe says",
      "replace-head": replaceHead.map { "\($0)" } ?? "as the recipe says",
      "set": changes.isEmpty ? "nothing" : changes.joined(separator: ", "), "threads": "\(Threads.count)",
    ]
  }
}
