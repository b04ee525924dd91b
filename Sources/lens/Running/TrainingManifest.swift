import Foundation
import SignalLens

/// What a training was: enough to do it again and to check that nothing has changed.
struct TrainingManifest: Codable {
  /// A loss and an accuracy.
  struct Score: Codable {
    var loss: Double
    var accuracy: Double

    init(_ score: TrainingScore) {
      loss = score.loss
      accuracy = score.accuracy
    }
  }

  /// Numbers of items.
  struct Items: Codable {
    var training: Int
    var validation: Int
    var test: Int

    init(of data: RecipeData) {
      training = data.training.count
      validation = data.validation?.count ?? 0
      test = data.test?.count ?? 0
    }
  }

  /// How it ended.
  struct Outcome: Codable {
    var epochs: Int
    var steps: Int
    var stoppedEarly: Bool
    var bestEpoch: Int?
    var bestLoss: Double?
    var training: Score?
    var validation: Score?

    init(_ state: TrainingState, stoppedEarly: Bool) {
      epochs = state.epoch
      steps = state.step
      self.stoppedEarly = stoppedEarly
      bestEpoch = state.best?.epoch
      bestLoss = state.best?.loss
      training = (state.history.epochs.last?.training).map { Score($0) }
      validation = (state.history.epochs.last?.validation).map { Score($0) }
    }
  }

  var version = SignalLensVersion.text
  var commandLine = CommandLine.arguments
  /// Every option with its resolved value; the recipe with every setting is in recipe.yaml.
  var options: [String: String]
  /// The recipe, the model that training starts from and the files of the data, with their checksums.
  var files: [Manifest.File]
  var classes: [String]
  var items: Items
  var parameters: Int
  var outcome: Outcome
  /// What the last model gives on the test items.
  var test: Score?
  /// What the model of the best epoch gives on them.
  var testOfBest: Score?

  /// The manifest as JSON, keys sorted.
  ///
  /// - Throws: What the encoder throws.
  func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}
