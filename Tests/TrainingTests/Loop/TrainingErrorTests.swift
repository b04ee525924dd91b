import Networks
import TensorCore
import TestSupport
import Testing
import Training

@Suite struct TrainingErrorTests {
  private func sentence(
    training: (any TrainingData)? = nil, validation: (any TrainingData)? = nil, model: Model? = nil,
    _ change: (inout TrainingSettings) -> Void = { _ in }
  ) -> String {
    TestSupport.sentence {
      var settings = TrainingSettings()
      change(&settings)
      let trainer = try Trainer(
        settings, training: training ?? SmallProblem.points(), validation: validation)
      _ = try trainer.start(from: model ?? SmallProblem.line())
    }
  }

  /// A setting that makes no sense.
  struct BadSetting: Sendable {
    let name: String
    let value: String
    let expected: String
    let change: @Sendable (inout TrainingSettings) -> Void

    init(
      _ name: String, _ value: String, _ expected: String,
      _ change: @escaping @Sendable (inout TrainingSettings) -> Void
    ) {
      self.name = name
      self.value = value
      self.expected = expected
      self.change = change
    }
  }

  static let badSettings: [BadSetting] = [
    BadSetting("epochs", "0", "a number from 1 on", { $0.epochs = 0 }),
    BadSetting("batch", "0", "a number of items from 1 on", { $0.batchSize = 0 }),
    BadSetting("learning-rate", "0.0", "a positive number", { $0.learningRate = 0 }),
    BadSetting("learning-rate", "nan", "a positive number", { $0.learningRate = .nan }),
    BadSetting("l2", "-1.0", "a number from 0 on", { $0.l2 = -1 }),
    BadSetting(
      "label-smoothing", "1.0", "a number from 0 up to below 1",
      { $0.loss = .categoricalCrossEntropy(labelSmoothing: 1) }
    ),
    BadSetting("largest-gradient-norm", "0.0", "a positive number", { $0.largestGradientNorm = 0 }),
    BadSetting("ema", "1.0", "a number from 0 up to below 1", { $0.averaging = 1 }),
    BadSetting(
      "early-stopping.patience", "0", "a number of epochs from 1 on",
      { $0.earlyStopping = EarlyStopping(patience: 0) }
    ),
    BadSetting(
      "early-stopping.minimum-delta", "-1.0", "a number from 0 on",
      { $0.earlyStopping = EarlyStopping(patience: 1, minimumDelta: -1) }
    ),
    BadSetting("sgd.momentum", "1.0", "a number from 0 up to below 1", { $0.optimizer = .sgd(momentum: 1) }),
    BadSetting("adam.beta1", "-0.1", "a number from 0 up to below 1", { $0.optimizer = .adam(beta1: -0.1) }),
    BadSetting("adam.beta2", "1.0", "a number from 0 up to below 1", { $0.optimizer = .adam(beta2: 1) }),
    BadSetting("adam.epsilon", "0.0", "a positive number", { $0.optimizer = .adam(epsilon: 0) }),
    BadSetting(
      "adamw.weight-decay", "-1.0", "a number from 0 on", { $0.optimizer = .adamW(weightDecay: -1) }),
    BadSetting("steps.epochs", "0.0", "a number from 1 on", { $0.schedule = .steps(epochs: 0, factor: 0.5) }),
    BadSetting(
      "steps.factor", "2.0", "a number above 0 and up to 1", { $0.schedule = .steps(epochs: 1, factor: 2) }),
    BadSetting(
      "exponential.epochs", "0.0", "a positive number",
      { $0.schedule = .exponential(epochs: 0, factor: 0.5) }
    ),
    BadSetting("cosine.warm-up", "-1.0", "a number from 0 on", { $0.schedule = .cosine(warmUp: -1) }),
    BadSetting("cosine.over", "0.0", "a positive number", { $0.schedule = .cosine(over: 0) }),
    BadSetting("cosine.final", "2.0", "a number from 0 to 1", { $0.schedule = .cosine(final: 2) }),
    BadSetting(
      "plateau.factor", "1.0", "a number between 0 and 1",
      { $0.schedule = .plateau(PlateauRule(factor: 1)) }
    ),
    BadSetting(
      "plateau.patience", "0.0", "a number of epochs from 1 on",
      { $0.schedule = .plateau(PlateauRule(patience: 0)) }
    ),
    BadSetting(
      "plateau.cooldown", "-1.0", "a number of epochs from 0 on",
      { $0.schedule = .plateau(PlateauRule(cooldown: -1)) }
    ),
    BadSetting(
      "plateau.minimum-delta", "-1.0", "a number from 0 on",
      { $0.schedule = .plateau(PlateauRule(minimumDelta: -1)) }
    ),
    BadSetting(
      "plateau.minimum-rate", "-1.0", "a number from 0 on",
      { $0.schedule = .plateau(PlateauRule(minimumRate: -1)) }
    ),
  ]

  @Test func settingsThatMakeNoSense() {
    for bad in Self.badSettings {
      #expect(
        sentence(bad.change)
          == "'\(bad.value)' is not a value for \(bad.name), which should be \(bad.expected)")
    }
  }

  @Test func dataThatDoNotFit() throws {
    #expect(
      sentence(training: try SmallProblem.signals())
        == "the model takes items of 2, but the data have items of 12x2; give data of that shape or another model"
    )
    #expect(
      sentence(validation: try SmallProblem.signals())
        == "the items to train with are of 2, but those for validation are of 12x2; give items of one shape"
    )
    let three = try TensorData(Tensor([3, 2]), labels: [0, 1, 2])
    let message =
      "the model tells 2 classes apart, but the data have 3; give other data or replace the model's head"
    #expect(sentence(training: three) == message)
    #expect(
      sentence(validation: three)
        == "the items to train with have 2 classes, but those for validation have 3; give items of the same classes"
    )
    let trainer = try Trainer(TrainingSettings(), training: SmallProblem.points())
    #expect(
      TestSupport.sentence { _ = try trainer.score(of: SmallProblem.line(), on: three) } == message)
  }

  @Test func lossesThatDoNotFit() throws {
    let sigmoid = try SmallProblem.line(end: ActivationLayer(.sigmoid))
    #expect(
      sentence(model: sigmoid)
        == "the loss 'categorical-cross-entropy' cannot be taken of layer 'end', which ends in a sigmoid; "
        + "use 'binary-cross-entropy'")
    #expect(
      sentence { $0.loss = .binaryCrossEntropy() }
        == "the loss 'binary-cross-entropy' cannot be taken of layer 'end', which ends in a softmax; "
        + "use 'categorical-cross-entropy'")
    #expect(
      sentence(model: try SmallProblem.line(outputs: 1, end: nil))
        == "the loss 'categorical-cross-entropy' cannot be taken of layer 'dense', which has a single output; "
        + "use 'binary-cross-entropy'")
    var builder = ModelBuilder(name: "positions")
    let input = try builder.add(InputLayer(shape: [1, 4, 2]), name: "input")
    try builder.add(SoftmaxLayer(), name: "softmax", after: [input])
    #expect(
      sentence(model: try builder.model())
        == "the loss 'categorical-cross-entropy' cannot be taken of layer 'softmax', which gives several answers for one "
        + "item; name a model with one answer per item")
  }

  @Test func modelsThatCannotBeTrained() throws {
    let model = try SmallProblem.line()
    let nothing = "no layer is left to train; freeze fewer layers or name a model with parameters"
    #expect(sentence(model: model) { $0.frozen = Set(model.nodes.indices) } == nothing)
    var builder = ModelBuilder(name: "two")
    let inputs = try ["a", "b"].map { try builder.add(InputLayer(shape: [1, 2]), name: $0) }
    try builder.add(MergeLayer(.add), name: "sum", after: inputs)
    #expect(
      sentence(model: try builder.model())
        == "the model has 2 inputs, but training feeds one; train a model with a single input")
  }

  @Test func failuresHaveClasses() {
    #expect(TrainingError.nothingToTrain.failureClass == .usage)
    #expect(TrainingError.noItems.failureClass == .badData)
    #expect(TrainingError.lossNotFinite(epoch: 1, step: 2, loss: .nan).failureClass == .badData)
    #expect(
      TrainingError.lossNotFinite(epoch: 1, step: 2, loss: .nan).description
        == "the loss became nan in step 2 of epoch 1; lower the learning rate or check the scale of the input"
    )
    #expect(
      TrainingError.validationLossNotFinite(epoch: 3, loss: .infinity).description
        == "the loss of the validation items became inf in epoch 3; lower the learning rate or check the scale of the input"
    )
  }
}
