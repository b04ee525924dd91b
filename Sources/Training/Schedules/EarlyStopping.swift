/// When training stops before its last epoch: when the loss has not fallen for some epochs.
///
/// The loss is that of the validation items, and that of the training items where none are kept for validation. As Keras's `EarlyStopping`.
public struct EarlyStopping: Sendable, Hashable {
  /// The number of epochs without a lower loss after which training stops, from 1 on.
  public var patience: Int
  /// How much lower a loss has to be to count as lower.
  public var minimumDelta: Double
  /// Whether the result is the model of the epoch with the lowest loss, not that of the last one.
  public var restoresBest: Bool

  /// Creates a rule.
  ///
  /// - Parameters:
  ///   - patience: The number of epochs without a lower loss after which training stops, from 1 on.
  ///   - minimumDelta: How much lower a loss has to be to count as lower.
  ///   - restoresBest: Whether the result is the model of the epoch with the lowest loss.
  public init(patience: Int, minimumDelta: Double = 0, restoresBest: Bool = true) {
    self.patience = patience
    self.minimumDelta = minimumDelta
    self.restoresBest = restoresBest
  }
}

/// Where early stopping is.
package struct StoppingState: Sendable, Equatable {
  /// The lowest loss.
  package var best: Double
  /// The number of epochs without a lower one.
  package var wait: Int
  /// Whether training has stopped.
  package var hasStopped: Bool

  /// Creates the state before the first epoch, or one that was stored.
  package init(best: Double = .infinity, wait: Int = 0, hasStopped: Bool = false) {
    self.best = best
    self.wait = wait
    self.hasStopped = hasStopped
  }

  /// Takes in the loss of an epoch.
  package mutating func update(_ loss: Double, by rule: EarlyStopping) {
    if loss < best - rule.minimumDelta {
      best = loss
      wait = 0
    } else {
      wait += 1
      hasStopped = wait >= rule.patience
    }
  }
}
