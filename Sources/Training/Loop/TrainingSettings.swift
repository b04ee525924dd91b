import Networks

/// How a model is trained.
public struct TrainingSettings: Sendable, Hashable {
  /// The number of times that all items are gone through.
  public var epochs = 10
  /// The number of items of a step.
  public var batchSize = 32
  /// Whether items that do not fill a batch at the end of an epoch are left out.
  public var dropsLastBatch = false
  /// What is made small.
  public var loss = Loss.categoricalCrossEntropy()
  /// How parameters follow their gradients.
  public var optimizer = Optimizer.adam()
  /// The learning rate, changed by `schedule`.
  public var learningRate = 1e-3
  /// How the learning rate changes.
  public var schedule = LearningRateSchedule.constant
  /// The largest norm of all gradients together; longer ones are shortened to it.
  public var largestGradientNorm: Double?
  /// The factor `l2` of a penalty that is added to the loss: `l2 * sum(w^2)` over the kernels that are trained.
  public var l2 = 0.0
  /// The share of the old average when parameters are averaged over the steps (Keras's `ema_momentum`); no averaging when `nil`.
  ///
  /// Validation and the result are those of the averaged parameters.
  public var averaging: Double?
  /// How much the items of the classes count.
  public var classWeights = ClassWeights.equal
  /// When training stops before its last epoch.
  public var earlyStopping: EarlyStopping?
  /// What the order of the items and everything that layers draw follow from.
  public var seed: UInt32 = 0
  /// The nodes whose parameters stay as they are.
  public var frozen: Set<Model.Node.ID> = []

  /// Creates settings with the defaults of Keras: ten epochs of Adam with a rate of 0.001 and 32 items a step.
  public init() {}

  /// Checks that every setting has a value that makes sense.
  ///
  /// - Throws: `TrainingError.badSetting` for the first one that has not.
  public func check() throws(TrainingError) {
    func require(_ holds: Bool, _ name: String, _ value: String, _ expected: String) throws(TrainingError) {
      guard holds else { throw .badSetting(name: name, value: value, expected: expected) }
    }
    try require(epochs >= 1, "epochs", "\(epochs)", "a number from 1 on")
    try require(batchSize >= 1, "batch", "\(batchSize)", "a number of items from 1 on")
    try require(
      learningRate > 0 && learningRate.isFinite, "learning-rate", "\(learningRate)", "a positive number")
    try require(l2 >= 0 && l2.isFinite, "l2", "\(l2)", "a number from 0 on")
    try require(
      loss.labelSmoothing >= 0 && loss.labelSmoothing < 1, "label-smoothing", "\(loss.labelSmoothing)",
      "a number from 0 up to below 1")
    if let norm = largestGradientNorm {
      try require(norm > 0 && norm.isFinite, "largest-gradient-norm", "\(norm)", "a positive number")
    }
    if let averaging {
      try require(averaging >= 0 && averaging < 1, "ema", "\(averaging)", "a number from 0 up to below 1")
    }
    if let rule = earlyStopping {
      try require(
        rule.patience >= 1, "early-stopping.patience", "\(rule.patience)", "a number of epochs from 1 on")
      try require(
        rule.minimumDelta >= 0 && rule.minimumDelta.isFinite, "early-stopping.minimum-delta",
        "\(rule.minimumDelta)", "a number from 0 on")
    }
    try optimizer.check()
    try schedule.check()
  }
}
