import Foundation
import Networks

/// How a model is made and trained, as a YAML file says it.
///
///     name: digits
///     model:
///       input: [40, 1]
///       layers:
///         - convolution: {filters: 16, kernel: 5, padding: same, activation: relu}
///         - global-pooling: average
///         - dense: {units: 10, activation: softmax}
///     data:
///       train: {generate: mnist1d, part: train}
///       test: {generate: mnist1d, part: test}
///       validation: 0.2
///     epochs: 30
///     optimizer: adam
///
/// Every key but `model` and `data` may be left out. Keys that are not known, values of the wrong kind, files that are missing and labels that do not fit are refused
/// with one sentence that names the line.
public struct Recipe: Sendable, Equatable {
  /// The name of the model.
  public let name: String
  /// How the model is trained; frozen nodes are found by `model`.
  public let settings: TrainingSettings
  /// What is done to items at random.
  public let augmentation: Augmentation
  /// The names of the Keras files that a training writes.
  public let output: RecipeOutput
  /// The model.
  package let model: RecipeModel
  /// The data.
  package let data: RecipeDataPlan
  /// Where the class weights stand.
  let classWeightsPlace: RecipePlace?

  /// Reads a recipe.
  ///
  /// - Parameters:
  ///   - path: The path of a YAML file, or the name of one of `BuiltInRecipe.names`.
  ///   - changes: Values that take the place of those of the file, for instance by options of a command.
  /// - Throws: `RecipeError` when there is no such recipe, or something in it is not what it should be.
  public init(contentsOf path: String, changes: [RecipeChange] = []) throws(RecipeError) {
    let fileManager = FileManager.default
    guard fileManager.fileExists(atPath: path) else {
      guard let text = BuiltInRecipe.text(named: path) else {
        throw .unknownRecipe(name: path, available: BuiltInRecipe.names)
      }
      try self.init(yaml: text, source: path, folder: fileManager.currentDirectoryPath, changes: changes)
      return
    }
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .unreadable(path: path, reason: (error as NSError).localizedDescription)
    }
    guard let text = String(data: bytes, encoding: .utf8) else {
      throw .notYAML(reason: "it is not UTF-8", at: RecipePlace(source: path))
    }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    try self.init(yaml: text, source: path, folder: folder, changes: changes)
  }

  /// Reads a recipe of the program.
  ///
  /// - Parameter name: One of `BuiltInRecipe.names`.
  /// - Throws: `RecipeError.unknownRecipe` when there is none of the name.
  public init(builtIn name: String) throws(RecipeError) {
    guard let text = BuiltInRecipe.text(named: name) else {
      throw .unknownRecipe(name: name, available: BuiltInRecipe.names)
    }
    try self.init(yaml: text, source: name, folder: FileManager.default.currentDirectoryPath)
  }

  /// Reads the text of a recipe.
  ///
  /// - Parameters:
  ///   - text: YAML.
  ///   - source: What the text is called in messages.
  ///   - folder: The folder that relative paths in it are taken from; those in changes are taken from the current one.
  ///   - changes: Values that take the place of those of the text.
  /// - Throws: `RecipeError` when something in it is not what it should be.
  public init(
    yaml text: String, source: String, folder: String = ".", changes: [RecipeChange] = []
  ) throws(RecipeError) {
    var value = try RecipeValue(yaml: text, source: source)
    for change in changes { try value.apply(change) }
    try self.init(value, folder: folder)
  }

  /// Whether two recipes say the same.
  public static func == (left: Recipe, right: Recipe) -> Bool { left.yaml == right.yaml }
}

/// The names of the Keras files that a training writes.
public struct RecipeOutput: Sendable, Hashable {
  /// The model of the epoch with the lowest loss.
  public var best = "best.h5"
  /// The model after the last epoch.
  public var last = "last.h5"

  /// Creates the standard names.
  public init() {}
}
