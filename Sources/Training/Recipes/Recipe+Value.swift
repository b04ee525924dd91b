extension Recipe {
  /// The recipe with every setting, defaults among them, and paths from the root; it reads back as the same recipe.
  public var yaml: String { RecipeValue.mapping(entries).text }

  /// The values by their keys, in the order in which they are written.
  var entries: [(String, RecipeValue?)] {
    let own: [(String, RecipeValue?)] = [
      ("name", .word(name)), ("model", model.value), ("data", data.value),
      ("augmentation", augmentation.value), ("output", output.value),
    ]
    let all = own + settings.entries
    return Self.keys.compactMap { key in all.first { $0.0 == key } }
  }
}

extension TrainingSettings {
  fileprivate var entries: [(String, RecipeValue?)] {
    [
      ("seed", .whole(Int(seed))), ("epochs", .whole(epochs)), ("batch", .whole(batchSize)),
      ("drop-last", .flag(dropsLastBatch)), ("loss", .word(loss.id)),
      ("label-smoothing", .number(loss.labelSmoothing)), ("class-weights", classWeights.value),
      ("l2", .number(l2)), ("optimizer", optimizer.value), ("learning-rate", .number(learningRate)),
      ("schedule", schedule.value), ("clip-norm", largestGradientNorm.map { .number($0) }),
      ("ema", averaging.map { .number($0) }), ("early-stopping", earlyStopping?.value),
    ]
  }
}

extension RecipeOutput {
  fileprivate var value: RecipeValue { .mapping([("best", .word(best)), ("last", .word(last))]) }
}

extension EarlyStopping {
  fileprivate var value: RecipeValue {
    .mapping([
      ("patience", .whole(patience)), ("minimum-delta", .number(minimumDelta)),
      ("restore-best", .flag(restoresBest)),
    ])
  }
}

extension ClassWeights {
  fileprivate var value: RecipeValue {
    switch self {
    case .equal: .word("equal")
    case .balanced: .word("balanced")
    case .given(let factors): .list(factors.map { .number($0) })
    }
  }
}

extension Optimizer {
  fileprivate var value: RecipeValue {
    switch self {
    case .sgd(let momentum, let nesterov):
      .mapping([(id, .mapping([("momentum", .number(momentum)), ("nesterov", .flag(nesterov))]))])
    case .adam(let beta1, let beta2, let epsilon):
      .mapping([(id, .mapping(Self.moments(beta1, beta2, epsilon)))])
    case .adamW(let decay, let decaying, let beta1, let beta2, let epsilon):
      .mapping([
        (
          id,
          .mapping(
            [("weight-decay", .number(decay)), ("decaying", .word(decaying.rawValue))]
              + Self.moments(beta1, beta2, epsilon))
        )
      ])
    }
  }

  private static func moments(
    _ beta1: Double, _ beta2: Double, _ epsilon: Double
  ) -> [(String, RecipeValue?)] {
    [("beta1", .number(beta1)), ("beta2", .number(beta2)), ("epsilon", .number(epsilon))]
  }
}

extension LearningRateSchedule {
  fileprivate var value: RecipeValue {
    switch self {
    case .constant: .word(id)
    case .steps(let epochs, let factor):
      .mapping([(id, .mapping([("epochs", .whole(epochs)), ("factor", .number(factor))]))])
    case .exponential(let epochs, let factor):
      .mapping([(id, .mapping([("epochs", .number(epochs)), ("factor", .number(factor))]))])
    case .cosine(let warmUp, let over, let final):
      .mapping([
        (
          id,
          .mapping([
            ("warm-up", .number(warmUp)), ("over", over.map { .number($0) }), ("final", .number(final)),
          ])
        )
      ])
    case .plateau(let rule):
      .mapping([
        (
          id,
          .mapping([
            ("factor", .number(rule.factor)), ("patience", .whole(rule.patience)),
            ("cooldown", .whole(rule.cooldown)), ("minimum-delta", .number(rule.minimumDelta)),
            ("minimum-rate", .number(rule.minimumRate)),
          ])
        )
      ])
    }
  }
}
