/// What one epoch of training gave.
public struct EpochRecord: Sendable, Hashable {
  /// The epoch, counted from 1.
  public let epoch: Int
  /// The learning rate of its last step.
  public let learningRate: Double
  /// The loss and the share of right answers in the steps of the epoch, each with the parameters of its time, penalties included.
  public let training: TrainingScore
  /// Those of the validation items at the end of the epoch; `nil` when there are none.
  public let validation: TrainingScore?
  /// The time the epoch took.
  public let seconds: Double

  /// The loss that decides about plateaus, early stopping and the best epoch: that of validation where there is one.
  public var monitoredLoss: Double { validation?.loss ?? training.loss }

  /// Creates a record.
  ///
  /// - Parameters:
  ///   - epoch: The epoch, counted from 1.
  ///   - learningRate: The learning rate of its last step.
  ///   - training: What the steps of the epoch gave.
  ///   - validation: What the validation items gave at its end.
  ///   - seconds: The time the epoch took.
  public init(
    epoch: Int, learningRate: Double, training: TrainingScore, validation: TrainingScore?, seconds: Double
  ) {
    self.epoch = epoch
    self.learningRate = learningRate
    self.training = training
    self.validation = validation
    self.seconds = seconds
  }
}
