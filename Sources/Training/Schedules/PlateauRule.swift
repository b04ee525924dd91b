/// When a learning rate is reduced: when the loss has not fallen for some epochs.
///
/// The loss is that of the validation items, and that of the training items where none are kept for validation. As Keras's
/// `ReduceLROnPlateau`.
public struct PlateauRule: Sendable, Hashable {
  /// What the rate is multiplied with, between 0 and 1.
  public var factor: Double
  /// The number of epochs without a lower loss after which the rate is reduced, from 1 on.
  public var patience: Int
  /// The number of epochs after a reduction that do not count, the one of the reduction included.
  public var cooldown: Int
  /// How much lower a loss has to be to count as lower.
  public var minimumDelta: Double
  /// The rate below which it is not reduced.
  public var minimumRate: Double

  /// Creates a rule.
  ///
  /// - Parameters:
  ///   - factor: What the rate is multiplied with, between 0 and 1.
  ///   - patience: The number of epochs without a lower loss after which the rate is reduced, from 1 on.
  ///   - cooldown: The number of epochs after a reduction that do not count, the one of the reduction included.
  ///   - minimumDelta: How much lower a loss has to be to count as lower.
  ///   - minimumRate: The rate below which it is not reduced.
  public init(
    factor: Double = 0.1, patience: Int = 10, cooldown: Int = 0, minimumDelta: Double = 1e-4,
    minimumRate: Double = 0
  ) {
    self.factor = factor
    self.patience = patience
    self.cooldown = cooldown
    self.minimumDelta = minimumDelta
    self.minimumRate = minimumRate
  }
}

/// Where a rule is: the rate until now and what it waits for.
package struct PlateauState: Sendable, Equatable {
  /// The learning rate.
  package var rate: Double
  /// The lowest loss.
  package var best: Double
  /// The number of epochs without a lower one.
  package var wait: Int
  /// The number of epochs to come that do not count.
  package var cooldown: Int

  /// Creates the state before the first epoch, or one that was stored.
  package init(rate: Double, best: Double = .infinity, wait: Int = 0, cooldown: Int = 0) {
    self.rate = rate
    self.best = best
    self.wait = wait
    self.cooldown = cooldown
  }

  /// Takes in the loss of an epoch.
  package mutating func update(_ loss: Double, by rule: PlateauRule) {
    if cooldown > 0 {
      cooldown -= 1
      wait = 0
    }
    if loss < best - rule.minimumDelta {
      best = loss
      wait = 0
    } else if cooldown == 0 {
      wait += 1
      guard wait >= rule.patience, rate > rule.minimumRate else { return }
      rate = max(rate * rule.factor, rule.minimumRate)
      cooldown = rule.cooldown
      wait = 0
    }
  }
}
