import Foundation

/// How the learning rate changes while a model is trained.
///
/// Lengths are in epochs; the rate follows every step, `t` counted from 0, `n` steps to an epoch, `r` the rate of the settings.
///
/// Checked against: Keras 3.
public enum LearningRateSchedule: Sendable, Hashable {
  /// The same rate all the time.
  case constant
  /// `r * factor^floor(epoch / epochs)`: after every `epochs` epochs the rate is multiplied.
  case steps(epochs: Int, factor: Double)
  /// `r * factor^(t / (epochs * n))`: in `epochs` epochs the rate falls to `factor`, a little every step.
  case exponential(epochs: Double, factor: Double)
  /// Half a period of a cosine, after a rise along a line.
  ///
  ///     u = warmUp * n, d = over * n
  ///     t < u: r * t / u
  ///     else:  r * ((1 - final) * (1 + cos(pi * min((t - u) / d, 1))) / 2 + final)
  ///
  /// `warmUp` is the length of the rise, `over` that of the fall (`nil`: until the last epoch), `final` the share of the rate that is left.
  /// I. Loshchilov, F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017.
  case cosine(warmUp: Double = 0, over: Double? = nil, final: Double = 0)
  /// The rate is reduced when the loss stops falling.
  case plateau(PlateauRule)

  /// The name of the kind of schedule, the same wherever schedules are named.
  public var id: String {
    switch self {
    case .constant: "constant"
    case .steps: "steps"
    case .exponential: "exponential"
    case .cosine: "cosine"
    case .plateau: "plateau"
    }
  }

  /// What the rate of a step is as a share of the settings' rate; 1 for a plateau, whose reductions follow the losses.
  ///
  /// - Parameters:
  ///   - step: The step, counted from 0 over all epochs.
  ///   - stepsPerEpoch: The number of steps in an epoch.
  ///   - epochs: The number of epochs.
  /// - Returns: The share.
  public func factor(atStep step: Int, stepsPerEpoch: Int, epochs: Int) -> Double {
    let perEpoch = Double(stepsPerEpoch)
    switch self {
    case .constant, .plateau: return 1
    case .steps(let length, let factor): return pow(factor, Double(step / stepsPerEpoch / length))
    case .exponential(let length, let factor): return pow(factor, Double(step) / (length * perEpoch))
    case .cosine(let warmUp, let over, let final):
      let rise = (warmUp * perEpoch).rounded()
      let fall = max(((over ?? (Double(epochs) - warmUp)) * perEpoch).rounded(), 1)
      guard Double(step) >= rise else { return Double(step) / rise }
      let share = min((Double(step) - rise) / fall, 1)
      return (1 - final) * (1 + cos(Double.pi * share)) / 2 + final
    }
  }

  /// Checks the settings.
  func check() throws(TrainingError) {
    func require(_ holds: Bool, _ name: String, _ value: Double, _ expected: String) throws(TrainingError) {
      guard holds else { throw .badSetting(name: "\(id).\(name)", value: "\(value)", expected: expected) }
    }
    func requireFactor(_ factor: Double) throws(TrainingError) {
      try require(factor > 0 && factor <= 1, "factor", factor, "a number above 0 and up to 1")
    }
    switch self {
    case .constant: break
    case .steps(let epochs, let factor):
      try require(epochs >= 1, "epochs", Double(epochs), "a number from 1 on")
      try requireFactor(factor)
    case .exponential(let epochs, let factor):
      try require(epochs > 0 && epochs.isFinite, "epochs", epochs, "a positive number")
      try requireFactor(factor)
    case .cosine(let warmUp, let over, let final):
      try require(warmUp >= 0 && warmUp.isFinite, "warm-up", warmUp, "a number from 0 on")
      if let over { try require(over > 0 && over.isFinite, "over", over, "a positive number") }
      try require(final >= 0 && final <= 1, "final", final, "a number from 0 to 1")
    case .plateau(let rule):
      try require(rule.factor > 0 && rule.factor < 1, "factor", rule.factor, "a number between 0 and 1")
      try require(rule.patience >= 1, "patience", Double(rule.patience), "a number of epochs from 1 on")
      try require(rule.cooldown >= 0, "cooldown", Double(rule.cooldown), "a number of epochs from 0 on")
      try require(
        rule.minimumDelta >= 0 && rule.minimumDelta.isFinite, "minimum-delta", rule.minimumDelta,
        "a number from 0 on")
      try require(
        rule.minimumRate >= 0 && rule.minimumRate.isFinite, "minimum-rate", rule.minimumRate,
        "a number from 0 on")
    }
  }
}
