import Boundary
import Foundation
import SignalLens

/// Trains a model by a recipe and writes what comes of it.
struct TrainingRun {
  let recipe: Recipe
  let folder: TrainingFolder
  let options: [String: String]
  let isQuiet: Bool
  private let data: RecipeData
  private let trainer: Trainer
  private let start: TrainingState
  private let checksums: FileChecksums
  private let files: [String]

  /// Loads everything that training needs; from then on nothing is read any more.
  ///
  /// - Parameters:
  ///   - recipe: The recipe.
  ///   - folder: The folder of the training, with a checkpoint where it goes on.
  ///   - options: Every option with its value.
  ///   - recipeFile: The path of the recipe, or its name.
  ///   - isQuiet: Whether nothing is shown.
  /// - Throws: What is wrong with the recipe, its files or the checkpoint.
  init(
    _ recipe: Recipe, in folder: TrainingFolder, options: [String: String], recipeFile: String?, isQuiet: Bool
  ) throws {
    self.recipe = recipe
    self.folder = folder
    self.options = options
    self.isQuiet = isQuiet
    let model = try recipe.makeModel()
    // What could not be written after hours should be said now.
    try model.requireWritable()
    let settings = try recipe.settings(for: model)
    data = try recipe.loadData(for: model)
    trainer = try Trainer(settings, training: data.training, validation: data.validation)
    if options["resume"] == "true" {
      start = try Checkpoint.read(folder.checkpointPath, for: trainer, model: model)
      try folder.write(recipe)
    } else {
      start = try trainer.start(from: model)
      try folder.begin(recipe)
    }
    let recipes = [recipeFile].compactMap { $0 }.filter { FileManager.default.fileExists(atPath: $0) }
    files = recipes + [recipe.modelFile].compactMap { $0 } + data.files
    checksums = FileChecksums(of: files)
  }

  /// Trains until the last epoch, an interruption or a loss that is not finite.
  ///
  /// - Throws: `RunError.diverged` when the loss is not finite any more; what cannot be written.
  func run() throws {
    var state = start
    let begin = ContinuousClock.now
    let steps = trainer.order.stepsPerEpoch
    let progress = ProgressBar(
      "training", total: recipe.settings.epochs * steps, done: state.step, isQuiet: isQuiet)
    var log = TrainingLog(isQuiet: isQuiet, last: state.history.epochs.last)
    var saver = TrainingSaver(folder: folder, recipe: recipe, trainer: trainer)
    let outcome: TrainingOutcome
    do {
      outcome = try trainer.run(
        &state, isCancelled: { Interruption.request != nil },
        onStep: { report in progress.advance(log.line(report)) },
        onEpoch: { record, state in
          log.add(record, of: recipe.settings.epochs)
          try saver.saveSometimes(state)
        })
    } catch let error as TrainingError {
      progress.finish()
      guard error.isDivergence else { throw error }
      try saver.save(state)
      throw RunError.diverged(error, epoch: state.epoch, path: folder.path(of: recipe.output.last))
    }
    progress.finish()
    try saver.save(state)
    if outcome == .cancelled, let code = Interruption.request {
      let text =
        "lens: interrupted after \(state.epoch) of \(recipe.settings.epochs) epochs; "
        + "'lens train --resume --output \(folder.path)' goes on\n"
      FileHandle.standardError.write(Data(text.utf8))
      Foundation.exit(code)
    }
    try finish(state, outcome, since: begin)
  }

  /// Measures the models on the test items and writes the manifest.
  private func finish(
    _ state: TrainingState, _ outcome: TrainingOutcome, since begin: ContinuousClock.Instant
  ) throws {
    let last = trainer.result(of: state)
    let lastScore = try data.test.map { try trainer.score(of: last, on: $0) }
    // Without items for validation the lowest loss says nothing about other items.
    let best = data.validation == nil ? nil : state.best
    let bestScore = try best.flatMap { best in try data.test.map { try trainer.score(of: best.model, on: $0) }
    }
    let sums = try checksums.sha256()
    let manifest = TrainingManifest(
      options: options, files: zip(files, sums).map { Manifest.File(path: $0, sha256: $1) },
      classes: data.classNames, items: .init(of: data), parameters: last.parameterCount,
      outcome: .init(state, stoppedEarly: outcome == .stoppedEarly), test: lastScore.map { .init($0) },
      testOfBest: bestScore.map { .init($0) })
    try folder.results.write(manifest.json(), as: "manifest.json")
    guard !isQuiet else { return }
    if let lastScore { print("test \(Self.text(lastScore)): \(folder.path(of: recipe.output.last))") }
    if let bestScore, let best {
      print(
        "test \(Self.text(bestScore)): \(folder.path(of: recipe.output.best)), the model of epoch \(best.epoch)"
      )
    }
    let seconds = (ContinuousClock.now - begin) / .seconds(1)
    let early = outcome == .stoppedEarly ? ", stopped early" : ""
    print(
      "trained \(state.epoch) epochs\(early) in \(String(format: "%.1f", seconds)) s, \(last.parameterCount.grouped) parameters: \(folder.path)"
    )
  }

  private static func text(_ score: TrainingScore) -> String {
    String(format: "accuracy %.2f %%, loss %.4f", 100 * score.accuracy, score.loss)
  }
}

extension TrainingError {
  /// Whether it says that numbers have become infinite.
  fileprivate var isDivergence: Bool {
    switch self {
    case .lossNotFinite, .validationLossNotFinite, .parametersNotFinite: true
    default: false
    }
  }
}
