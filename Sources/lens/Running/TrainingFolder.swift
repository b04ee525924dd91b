import Boundary
import Foundation
import SignalLens

/// The folder of a training.
struct TrainingFolder {
  let results: ResultFolder

  /// What the checkpoint is called.
  static let checkpoint = "checkpoint.h5"
  private static let recipe = "recipe.yaml"

  var path: String { results.path }
  /// The path of the checkpoint.
  var checkpointPath: String { path(of: Self.checkpoint) }

  /// Makes the folder, or finds the one of the training to go on with.
  ///
  /// - Parameters:
  ///   - path: Its path.
  ///   - isResuming: Whether a training is gone on with.
  ///   - isReplacing: Whether a training that is there is replaced.
  /// - Throws: `RunError` when there is a training and there should be none, or the other way round.
  init(_ path: String, resuming isResuming: Bool, replacing isReplacing: Bool) throws {
    let manager = FileManager.default
    let isThere = manager.fileExists(atPath: "\(path)/\(Self.recipe)")
    if isResuming {
      guard isThere, manager.fileExists(atPath: "\(path)/\(Self.checkpoint)") else {
        throw RunError.nothingToResume(path: path)
      }
    } else if isThere, !isReplacing {
      throw RunError.trainingExists(path: path)
    }
    results = try ResultFolder(path)
  }

  /// The path of a file in it.
  func path(of name: String) -> String { "\(path)/\(name)" }

  /// The recipe of the training that is there.
  ///
  /// - Parameters:
  ///   - expected: The recipe that was named, if one was.
  ///   - changes: What else was asked for, where none was.
  /// - Returns: The recipe to go on with.
  /// - Throws: `RunError.otherRecipe` when the one that was named differs in more than the number of epochs and early stopping.
  func recipe(expecting expected: Recipe?, changes: [RecipeChange]) throws -> Recipe {
    let path = path(of: Self.recipe)
    let known = try Recipe(contentsOf: path)
    let wanted = try expected ?? Recipe(contentsOf: path, changes: changes)
    let differing = wanted.differences(from: known).filter { !["epochs", "early-stopping"].contains($0) }
    guard differing.isEmpty else { throw RunError.otherRecipe(path: self.path, keys: differing) }
    return wanted
  }

  /// Writes the recipe, and removes what is left of another training.
  func begin(_ recipe: Recipe) throws {
    for name in [Self.checkpoint, recipe.output.best, recipe.output.last, "history.csv", "manifest.json"] {
      unlink(path(of: name))
    }
    try write(recipe)
  }

  /// Writes the recipe.
  func write(_ recipe: Recipe) throws { try results.write(Data(recipe.yaml.utf8), as: Self.recipe) }
}
