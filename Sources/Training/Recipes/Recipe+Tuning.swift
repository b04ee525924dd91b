extension Loss {
  private static let ids = [
    Loss.categoricalCrossEntropy().id, Loss.binaryCrossEntropy().id, Loss.meanSquaredError.id,
  ]

  /// Reads a loss; the categorical cross-entropy when there is none.
  init(
    _ value: RecipeValue?, labelSmoothing: Double, _ smoothing: RecipeValue?
  ) throws(RecipeError) {
    switch try value?.choice(Self.ids) {
    case Loss.binaryCrossEntropy().id: self = .binaryCrossEntropy(labelSmoothing: labelSmoothing)
    case Loss.meanSquaredError.id:
      if let smoothing, labelSmoothing > 0 { throw smoothing.wrong("0 with the loss 'mean-squared-error'") }
      self = .meanSquaredError
    default: self = .categoricalCrossEntropy(labelSmoothing: labelSmoothing)
    }
  }
}

extension Optimizer {
  /// Reads an optimizer; Adam when there is none.
  init(_ value: RecipeValue?) throws(RecipeError) {
    guard let (name, settings) = try value?.named("an optimizer", ["sgd", "adam", "adamw"]) else {
      self = .adam()
      return
    }
    let share = 0...0.999_999_999
    if name == "sgd" {
      let section = try settings.section(["momentum", "nesterov"], isOptional: true)
      self = .sgd(
        momentum: try section.number("momentum", in: share, default: 0),
        nesterov: try section.flag("nesterov", default: false))
      return
    }
    let ownKeys = name == "adamw" ? ["weight-decay", "decaying"] : []
    let section = try settings.section(ownKeys + ["beta1", "beta2", "epsilon"], isOptional: true)
    let beta1 = try section.number("beta1", in: share, default: 0.9)
    let beta2 = try section.number("beta2", in: share, default: 0.999)
    let epsilon = try section["epsilon"]?.positive(upTo: 1) ?? 1e-7
    guard name == "adamw" else {
      self = .adam(beta1: beta1, beta2: beta2, epsilon: epsilon)
      return
    }
    let decaying = try section["decaying"]?.choice(Decaying.allCases.map(\.rawValue))
    self = .adamW(
      weightDecay: try section.number("weight-decay", in: 0...1000, default: 0.004),
      decaying: decaying.flatMap(Decaying.init(rawValue:)) ?? .all, beta1: beta1, beta2: beta2,
      epsilon: epsilon)
  }
}

extension LearningRateSchedule {
  /// Reads a schedule; a constant rate when there is none.
  init(_ value: RecipeValue?) throws(RecipeError) {
    let names = ["constant", "steps", "exponential", "cosine", "plateau"]
    guard let (name, settings) = try value?.named("a schedule", names) else {
      self = .constant
      return
    }
    let (epochs, share) = (1...1_000_000, 0...1.0)
    switch name {
    case "steps":
      let section = try settings.section(["epochs", "factor"])
      self = .steps(
        epochs: try section.required("epochs", "a number of epochs").whole(in: epochs),
        factor: try section.required("factor", "a factor").positive(upTo: 1))
    case "exponential":
      let section = try settings.section(["epochs", "factor"])
      self = .exponential(
        epochs: try section.required("epochs", "a number of epochs").positive(upTo: 1e6),
        factor: try section.required("factor", "a factor").positive(upTo: 1))
    case "cosine":
      let section = try settings.section(["warm-up", "over", "final"], isOptional: true)
      self = .cosine(
        warmUp: try section.number("warm-up", in: 0...1e6, default: 0),
        over: try section["over"]?.positive(upTo: 1e6),
        final: try section.number("final", in: share, default: 0))
    case "plateau":
      let keys = ["factor", "patience", "cooldown", "minimum-delta", "minimum-rate"]
      let section = try settings.section(keys, isOptional: true)
      let standard = PlateauRule()
      self = .plateau(
        PlateauRule(
          factor: try section.number("factor", in: 0.001...0.999, default: standard.factor),
          patience: try section.whole("patience", in: epochs, default: standard.patience),
          cooldown: try section.whole("cooldown", in: 0...1_000_000, default: standard.cooldown),
          minimumDelta: try section.number("minimum-delta", in: 0...1e6, default: standard.minimumDelta),
          minimumRate: try section.number("minimum-rate", in: 0...1000, default: standard.minimumRate)))
    default:
      _ = try settings.section([], isOptional: true)
      self = .constant
    }
  }
}
