/// Where training is after a step, for a live display.
public struct StepReport: Sendable {
  /// The epoch, counted from 1.
  public let epoch: Int
  /// The number of epochs.
  public let epochs: Int
  /// The step within the epoch, counted from 1.
  public let step: Int
  /// The number of steps of an epoch.
  public let steps: Int
  /// The learning rate of the step.
  public let learningRate: Double
  /// The loss and the share of right answers in the steps of the epoch until now.
  public let score: TrainingScore
}

/// How a run of training ended.
public enum TrainingOutcome: Sendable, Hashable {
  /// All epochs are done.
  case finished
  /// The loss had not fallen for as long as early stopping waits.
  case stoppedEarly
  /// Whoever started it asked for an end, between two steps.
  case cancelled
}
