import Foundation
import HDF5Files
import Networks
import TensorCore
import TestSupport
import Testing
import Training

@Suite struct CheckpointTests {
  /// Everything that makes going on hard: dropout, batch normalisation, items that change with the epoch, moments, averages, a plateau.
  private func trainer(
    _ optimizer: Optimizer = .adam(), _ change: (inout TrainingSettings) -> Void = { _ in }
  ) throws -> Trainer {
    var settings = TrainingSettings()
    settings.batchSize = 7
    settings.epochs = 6
    settings.optimizer = optimizer
    settings.learningRate = 0.02
    settings.schedule = .plateau(PlateauRule(factor: 0.8, patience: 1, minimumDelta: 0.5))
    settings.averaging = 0.9
    settings.l2 = 1e-3
    settings.classWeights = .balanced
    settings.earlyStopping = EarlyStopping(patience: 100)
    change(&settings)
    return try Trainer(
      settings, training: NoisyData(source: SmallProblem.signals(distance: 0.5)),
      validation: SmallProblem.signals(30, distance: 0.5, seed: 6))
  }

  @Test(arguments: [Optimizer.adam(), .adamW(), .sgd(), .sgd(momentum: 0.9, nesterov: true)])
  func goingOnFromAFileGivesTheSameBytes(_ optimizer: Optimizer) throws {
    let trainer = try trainer(optimizer)
    let model = try SmallProblem.network()
    var whole = try trainer.start(from: model)
    try trainer.run(&whole)
    #expect(Set(whole.history.epochs.map(\.learningRate)).count > 1)
    // Three epochs, and once more within the fifth.
    for steps in [18, 27] {
      var first = try trainer.start(from: model)
      var done = 0
      try trainer.run(&first, isCancelled: { done == steps }, onStep: { _ in done += 1 })
      let other = try SmallProblem.network(seed: 77)
      var second = try withTemporaryFile("checkpoint.h5") { path in
        try Checkpoint.write(first, of: trainer, to: path)
        return try Checkpoint.read(path, for: trainer, model: other)
      }
      #expect(second.step == steps)
      #expect(second.history == first.history)
      try trainer.run(&second)
      #expect(bits(of: second.model) == bits(of: whole.model))
      #expect(bits(of: trainer.result(of: second)) == bits(of: trainer.result(of: whole)))
      #expect(bits(of: second.averagedModel) == bits(of: whole.averagedModel))
      #expect(second.best?.epoch == whole.best?.epoch && second.best?.loss == whole.best?.loss)
      #expect(second.history.withoutTimes == whole.history.withoutTimes)
    }
  }

  @Test func theSameStateGivesTheSameFile() throws {
    let trainer = try trainer()
    var state = try trainer.start(from: SmallProblem.network())
    let start = try bytes(of: state, trainer)
    _ = try trainer.runEpoch(&state)
    #expect(try bytes(of: state, trainer) == bytes(of: state, trainer))
    #expect(try bytes(of: state, trainer) != start)
  }

  private func bytes(of state: TrainingState, _ trainer: Trainer) throws -> Data {
    try withTemporaryFile("checkpoint.h5") { path in
      try Checkpoint.write(state, of: trainer, to: path)
      return try Data(contentsOf: URL(fileURLWithPath: path))
    }
  }

  @Test func checkpointsOfOtherTrainingsAreRefused() throws {
    let model = try SmallProblem.network()
    let writer = try trainer()
    var state = try writer.start(from: model)
    _ = try writer.runEpoch(&state)
    try withTemporaryFile("checkpoint.h5") { path in
      try Checkpoint.write(state, of: writer, to: path)
      func refusal(_ trainer: Trainer, _ model: Model) -> String {
        sentence { _ = try Checkpoint.read(path, for: trainer, model: model) }
          .replacingOccurrences(of: path, with: "FILE")
      }
      #expect(
        try refusal(trainer { $0.batchSize = 8 }, model)
          == "'FILE' is a checkpoint of a training with batch 7, but 8 was asked for; go on with the same settings, or "
          + "start anew")
      #expect(
        try refusal(trainer { $0.averaging = nil }, model)
          == "'FILE' is a checkpoint of a training with ema 0.9, but none was asked for; go on with the same settings, or "
          + "start anew")
      #expect(try refusal(trainer { $0.epochs = 9 }, model) == "no error")
      let frozen = try model.frozenNodes(until: "conv")
      #expect(
        try refusal(trainer { $0.frozen = frozen }, model)
          == "'FILE' is a checkpoint of a training of layers 'conv', 'norm', 'dense', but 'norm', 'dense' are to be "
          + "trained; freeze the same layers, or start anew")
      let wide = try otherNetwork(channels: 6)
      #expect(
        refusal(writer, wide)
          == "'FILE' is a checkpoint of another model: /model/0/0 should have 3x2x6 numbers, but has 3x2x5; go on with the "
          + "same model, or start anew")
      let named = try otherNetwork(channels: 5, name: "first")
      #expect(
        refusal(writer, named)
          == "'FILE' is a checkpoint of another model: it holds layers 'conv', 'norm', 'dense', but the model has 'first', "
          + "'norm', 'dense'; go on with the same model, or start anew")
    }
  }

  @Test func filesThatAreNoCheckpointsAreRefused() throws {
    let trainer = try trainer()
    let model = try SmallProblem.network()
    try withTemporaryFile("checkpoint.h5") { path in
      func refusal() -> String {
        sentence { _ = try Checkpoint.read(path, for: trainer, model: model) }
          .replacingOccurrences(of: path, with: "FILE")
      }
      #expect(refusal() == "'FILE' does not exist; check the path")
      try HDF5File.write(to: path) { try $0.write([1, 2] as [Float], shape: [2], to: "x") }
      #expect(
        refusal()
          == "'FILE' is not a checkpoint of a training; name the checkpoint.h5 that a training wrote")
      try HDF5File.write(to: path) {
        try $0.setAttribute("format", to: .string("SignalLens training"))
        try $0.setAttribute("version", to: .integers([2]))
      }
      #expect(
        refusal()
          == "'FILE' is a checkpoint of version 2, but this program reads version 1; use a later one")
    }
  }

  @Test func damagedNumbersAreRefused() {
    #expect(
      TrainingError.checkpoint(file: "F", problem: .badNumber(path: "/counts", value: "-1.0")).description
        == "'F' is damaged at /counts: -1.0 cannot be there; start anew")
    #expect(
      TrainingError.checkpoint(file: "F", problem: .otherCount(path: "/counts", expected: 2, found: 1))
        .description
        == "'F' is damaged at /counts: 2 numbers should be there, but there are 1; start anew")
  }

  private func otherNetwork(channels: Int, name: String = "conv") throws -> Model {
    try SmallProblem.network(channels: channels, firstName: name)
  }
}
