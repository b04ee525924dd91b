import Networks
import TensorCore

/// Trains models with some data.
///
///     let trainer = try Trainer(settings, training: items, validation: others)
///     var state = try trainer.start(from: model)
///     try trainer.run(&state)
///     let trained = trainer.result(of: state)
///
/// The same settings, data and model give the same bytes on every run, whatever the number of threads.
public struct Trainer: Sendable {
  /// How models are trained.
  public let settings: TrainingSettings
  /// What they are trained with.
  public let training: any TrainingData
  /// What they are measured on after every epoch.
  public let validation: (any TrainingData)?
  /// Which items every step takes.
  public let order: BatchOrder

  let labels: [Int]
  let factors: [Double]?

  /// Creates a trainer.
  ///
  /// - Parameters:
  ///   - settings: How models are trained.
  ///   - training: What they are trained with.
  ///   - validation: What they are measured on after every epoch; nothing when `nil`.
  /// - Throws: `TrainingError` when a setting makes no sense, data are empty, a label is no class, or the two data differ in the shape or the
  ///   classes of their items.
  public init(
    _ settings: TrainingSettings, training: any TrainingData, validation: (any TrainingData)? = nil
  ) throws(TrainingError) {
    try settings.check()
    try training.checkLabels()
    if let validation {
      try validation.checkLabels()
      guard validation.itemShape == training.itemShape else {
        throw .validationShape(training: training.itemShape, validation: validation.itemShape)
      }
      guard validation.classes == training.classes else {
        throw .validationClasses(training: training.classes, validation: validation.classes)
      }
    }
    self.settings = settings
    self.training = training
    self.validation = validation
    order = try BatchOrder(
      count: training.count, batchSize: settings.batchSize, dropsLast: settings.dropsLastBatch,
      seed: settings.seed)
    labels = training.labels
    factors = try settings.classWeights.factors(for: training)
  }

  /// The state before the first step.
  ///
  /// - Parameter model: The model to train, with the parameters to start from.
  /// - Returns: The state.
  /// - Throws: `TrainingError` when the data or the loss do not fit the model, or nothing in it is trained.
  public func start(from model: Model) throws(TrainingError) -> TrainingState {
    try check(training, for: model)
    let state = TrainingState(model, settings: settings)
    guard !state.trained.isEmpty else { throw .nothingToTrain }
    return state
  }

  /// Checks that the loss and some data fit a model.
  func check(_ data: any TrainingData, for model: Model) throws(TrainingError) {
    try settings.loss.check(model)
    guard data.itemShape == model.inputShape else {
      throw .itemsDoNotFit(model: model.inputShape, data: data.itemShape)
    }
    let classes = model.head.outputs == 1 ? 2 : model.head.outputs
    guard data.classes == classes else { throw .classesDoNotFit(model: classes, data: data.classes) }
  }

  /// Trains epoch by epoch until the last one, or until early stopping ends it.
  ///
  /// - Parameters:
  ///   - state: Where to start, changed as training goes on.
  ///   - isCancelled: Asked before every step; when it says so, the state stays between two steps and training can be gone on with.
  ///   - onStep: Called after every step.
  ///   - onEpoch: Called after every epoch, for instance to write a checkpoint.
  /// - Returns: How it ended.
  /// - Throws: What `runEpoch` and `onEpoch` throw.
  @discardableResult
  public func run(
    _ state: inout TrainingState, isCancelled: () -> Bool = { false },
    onStep: (StepReport) -> Void = { _ in },
    onEpoch: (EpochRecord, TrainingState) throws -> Void = { _, _ in }
  ) throws -> TrainingOutcome {
    while state.epoch < settings.epochs, !state.hasStoppedEarly {
      guard let record = try runEpoch(&state, isCancelled: isCancelled, onStep: onStep) else {
        return .cancelled
      }
      try onEpoch(record, state)
    }
    return state.epoch < settings.epochs ? .stoppedEarly : .finished
  }

  /// The model that training has led to.
  ///
  /// - Parameter state: Where training is.
  /// - Returns: The model of the best epoch where early stopping restores it, else the last one; with averaged parameters where they are
  ///   averaged.
  public func result(of state: TrainingState) -> Model {
    if settings.earlyStopping?.restoresBest == true, let best = state.best { return best.model }
    return state.averagedModel
  }
}
