import Networks
import TensorCore
import TestSupport
import Testing
import Training

@Suite(.serialized) struct TrainerTests {
  private func settings(_ change: (inout TrainingSettings) -> Void = { _ in }) -> TrainingSettings {
    var settings = TrainingSettings()
    settings.batchSize = 8
    settings.epochs = 5
    settings.optimizer = .adam()
    settings.learningRate = 0.01
    change(&settings)
    return settings
  }

  @Test(arguments: [Loss.categoricalCrossEntropy(), .binaryCrossEntropy(), .meanSquaredError])
  func whatCanBeToldApartIsLearnt(_ loss: Loss) throws {
    let outputs = loss == .binaryCrossEntropy() ? 1 : 2
    let end: any Layer = outputs == 1 ? ActivationLayer(.sigmoid) : SoftmaxLayer()
    let points = try SmallProblem.points()
    let trainer = try Trainer(
      settings {
        $0.loss = loss
        $0.epochs = 60
        $0.learningRate = 0.1
      }, training: points)
    var state = try trainer.start(from: SmallProblem.line(outputs: outputs, end: end))
    let before = try trainer.score(of: state.model, on: points)
    #expect(try trainer.run(&state) == .finished)
    let after = try trainer.score(of: trainer.result(of: state), on: points)
    #expect(after.accuracy == 1 && after.loss < before.loss / 2)
    #expect(state.history.epochs.last?.training.accuracy == 1)
    #expect(state.epoch == 60 && state.step == 180)
  }

  @Test func aNetworkWithNormalisationAndDropoutIsLearnt() throws {
    let trainer = try Trainer(
      settings { $0.epochs = 20 }, training: NoisyData(source: SmallProblem.signals()),
      validation: SmallProblem.signals(30, seed: 6))
    var state = try trainer.start(from: SmallProblem.network())
    try trainer.run(&state)
    #expect(state.history.epochs.last?.validation?.accuracy == 1)
    #expect(state.history.epochs.map(\.epoch) == Array(1...20))
  }

  @Test func theNumberOfThreadsChangesNothing() throws {
    let threads = Threads.count
    defer { Threads.count = threads }
    let found = try [1, 2].map { count in
      Threads.count = count
      let trainer = try Trainer(
        settings {
          $0.averaging = 0.9
          $0.l2 = 1e-3
          $0.largestGradientNorm = 1
        }, training: NoisyData(source: SmallProblem.signals()), validation: SmallProblem.signals(30, seed: 6))
      var state = try trainer.start(from: SmallProblem.network())
      try trainer.run(&state)
      return (bits(of: state.model), bits(of: trainer.result(of: state)), state.history.withoutTimes)
    }
    #expect(found[0] == found[1])
    #expect(found[0].0 != found[0].1)
  }

  @Test func cancelledInTheMiddleOfAnEpochTrainingGoesOnAsIfItHadNotBeen() throws {
    let trainer = try Trainer(settings(), training: NoisyData(source: SmallProblem.signals()))
    var whole = try trainer.start(from: SmallProblem.network())
    try trainer.run(&whole)
    var parted = try trainer.start(from: SmallProblem.network())
    #expect(try trainer.run(&parted, isCancelled: { true }) == .cancelled)
    #expect(parted.step == 0)
    var steps = 0
    let outcome = try trainer.run(&parted, isCancelled: { steps == 7 }, onStep: { _ in steps += 1 })
    #expect(outcome == .cancelled && parted.step == 7 && parted.epoch == 1 && parted.isInsideEpoch)
    try trainer.run(&parted)
    #expect(bits(of: parted.model) == bits(of: whole.model))
    #expect(parted.history.withoutTimes == whole.history.withoutTimes)
  }

  @Test func aLossThatIsNotFiniteLeavesTheLastGoodEpoch() throws {
    let trainer = try Trainer(
      settings {
        $0.optimizer = .sgd()
        $0.learningRate = 1e30
      }, training: SmallProblem.signals())
    var state = try trainer.start(from: SmallProblem.network())
    let start = bits(of: state.model)
    let message = sentence { try trainer.run(&state) }
    #expect(message.hasPrefix("the loss became ") && message.contains(" in step "))
    #expect(message.contains(" of epoch 1; lower the learning rate or check the scale of the input"))
    #expect(bits(of: state.model) == start && state.step == 0 && state.epoch == 0)
  }

  @Test func parametersThatAreNotFiniteAreFound() throws {
    // One step: its loss is that of the parameters before it.
    let trainer = try Trainer(
      settings {
        $0.optimizer = .sgd()
        $0.learningRate = 1e300
        $0.batchSize = 20
      }, training: SmallProblem.points())
    var state = try trainer.start(from: SmallProblem.line())
    #expect(
      sentence { try trainer.run(&state) }
        == "the parameters of layer 'dense' are not finite numbers after epoch 1; lower the learning rate or check the "
        + "scale of the input")
    #expect(state.epoch == 0 && state.model.parameters(ofLayer: "dense").allSatisfy(\.isFinite))
  }

  @Test func earlyStoppingRestoresTheBestEpoch() throws {
    // Labels of validation are those of other classes: the better training is, the worse validation.
    let training = try SmallProblem.points()
    let validation = try TensorData(training.tensor, labels: training.labels.map { 1 - $0 }, classes: 2)
    let trainer = try Trainer(
      settings {
        $0.epochs = 50
        $0.learningRate = 0.1
        $0.earlyStopping = EarlyStopping(patience: 3)
      }, training: training, validation: validation)
    var state = try trainer.start(from: SmallProblem.line())
    #expect(try trainer.run(&state) == .stoppedEarly)
    #expect(state.history.epochs.count == 4 && state.hasStoppedEarly)
    let best = try #require(state.best)
    #expect(best.epoch == 1)
    #expect(bits(of: trainer.result(of: state)) == bits(of: best.model))
    #expect(bits(of: best.model) != bits(of: state.model))
    #expect(try trainer.score(of: best.model, on: validation).loss == best.loss)
    #expect(try trainer.run(&state) == .stoppedEarly)
    #expect(state.epoch == 4)
  }

  @Test func aPlateauReducesTheRate() throws {
    let training = try SmallProblem.points()
    let validation = try TensorData(training.tensor, labels: training.labels.map { 1 - $0 }, classes: 2)
    let trainer = try Trainer(
      settings {
        $0.epochs = 6
        $0.schedule = .plateau(PlateauRule(factor: 0.5, patience: 2))
      }, training: training, validation: validation)
    var state = try trainer.start(from: SmallProblem.line())
    try trainer.run(&state)
    #expect(state.history.epochs.map(\.learningRate) == [0.01, 0.01, 0.01, 0.005, 0.005, 0.0025])
  }

  @Test func frozenLayersStayAsTheyAre() throws {
    let model = try SmallProblem.network()
    let trainer = try Trainer(
      settings { $0.frozen = (try? model.frozenNodes(until: "relu")) ?? [] }, training: SmallProblem.signals()
    )
    var state = try trainer.start(from: model)
    try trainer.run(&state)
    for name in ["conv", "norm"] {
      #expect(state.model.parameters(ofLayer: name) == model.parameters(ofLayer: name))
    }
    #expect(state.model.parameters(ofLayer: "dense") != model.parameters(ofLayer: "dense"))
  }

  @Test func withoutStepsTheAverageIsTheModel() throws {
    let trainer = try Trainer(settings { $0.averaging = 0.5 }, training: SmallProblem.signals())
    let state = try trainer.start(from: SmallProblem.network())
    #expect(bits(of: state.averagedModel) == bits(of: state.model))
  }
}
