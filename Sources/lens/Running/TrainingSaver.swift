import Foundation
import SignalLens

/// Writes the files of a training while it goes on.
struct TrainingSaver {
  let folder: TrainingFolder
  let recipe: Recipe
  let trainer: Trainer
  private var lastSaved = ContinuousClock.now
  private var cost = Duration.zero
  private var bestSaved: Int?

  init(folder: TrainingFolder, recipe: Recipe, trainer: Trainer) {
    self.folder = folder
    self.recipe = recipe
    self.trainer = trainer
  }

  /// Writes the checkpoint, the history and the models, unless writing took more than a twentieth of the time since.
  ///
  /// - Throws: What cannot be written.
  mutating func saveSometimes(_ state: TrainingState) throws {
    guard state.epoch == 1 || ContinuousClock.now - lastSaved >= cost * 20 else { return }
    try saveModels(state)
  }

  /// Writes everything that there is until now, the figure among it.
  ///
  /// - Throws: What cannot be written.
  mutating func save(_ state: TrainingState) throws {
    try saveModels(state)
    guard !state.history.epochs.isEmpty else { return }
    let curve = LearningCurve(state.history, of: recipe.name)
    try folder.results.write(try curve.figure(as: .png), as: "learning-curve.png")
  }

  private mutating func saveModels(_ state: TrainingState) throws {
    let begin = ContinuousClock.now
    if let best = state.best, best.epoch != bestSaved {
      try best.model.write(keras: folder.path(of: recipe.output.best))
      bestSaved = best.epoch
    }
    try trainer.result(of: state).write(keras: folder.path(of: recipe.output.last))
    try folder.results.write(Data(state.history.csv.utf8), as: "history.csv")
    // Last, so that what it goes on from is in the other files.
    try Checkpoint.write(state, of: trainer, to: folder.checkpointPath)
    lastSaved = ContinuousClock.now
    cost = lastSaved - begin
  }
}
