extension Recipe {
  /// The keys of a recipe, in the order in which they are written.
  static let keys = [
    "name", "seed", "model", "data", "augmentation", "epochs", "batch", "drop-last", "loss",
    "label-smoothing", "class-weights", "l2", "optimizer", "learning-rate", "schedule", "clip-norm", "ema",
    "early-stopping", "output",
  ]

  /// Reads a recipe from its values.
  init(_ value: RecipeValue, folder: String) throws(RecipeError) {
    let section = try value.section(Self.keys)
    name = try section["name"]?.word("a name for the model") ?? "model"
    model = try RecipeModel(try section.required("model", "input and layers, or a file"), folder: folder)
    data = try RecipeDataPlan(try section.required("data", "where the items come from"), folder: folder)
    augmentation =
      try section["augmentation"].map { value throws(RecipeError) in try Augmentation(value) } ?? .init()
    output = try RecipeOutput(section["output"])
    classWeightsPlace = section["class-weights"]?.place
    settings = try TrainingSettings(section)
  }
}

extension TrainingSettings {
  fileprivate init(_ section: RecipeSection) throws(RecipeError) {
    self.init()
    seed = UInt32(try section.whole("seed", in: 0...Int(UInt32.max), default: Int(seed)))
    epochs = try section.whole("epochs", in: 1...1_000_000, default: epochs)
    batchSize = try section.whole("batch", in: 1...1_000_000, default: batchSize)
    dropsLastBatch = try section.flag("drop-last", default: dropsLastBatch)
    let smoothing = try section.number("label-smoothing", in: 0...0.999, default: 0)
    loss = try Loss(section["loss"], labelSmoothing: smoothing, section["label-smoothing"])
    classWeights = try ClassWeights(section["class-weights"])
    l2 = try section.number("l2", in: 0...1e6, default: l2)
    optimizer = try Optimizer(section["optimizer"])
    learningRate = try section["learning-rate"]?.positive(upTo: 1000) ?? learningRate
    schedule = try LearningRateSchedule(section["schedule"])
    largestGradientNorm = try section["clip-norm"]?.positive(upTo: 1e9)
    averaging = try section["ema"]?.number(in: 0...0.999_999)
    earlyStopping = try section["early-stopping"].map { value throws(RecipeError) in try EarlyStopping(value)
    }
  }
}

extension RecipeOutput {
  fileprivate init(_ value: RecipeValue?) throws(RecipeError) {
    self.init()
    guard let section = try value?.section(["best", "last"]) else { return }
    best = try Self.file(section["best"]) ?? best
    last = try Self.file(section["last"]) ?? last
    if best == last, let value { throw value.wrong("two files of different names") }
  }

  private static func file(_ value: RecipeValue?) throws(RecipeError) -> String? {
    let expected = "the name of a file that ends in .h5, without a folder, and is not checkpoint.h5"
    guard let name = try value?.word(expected) else { return nil }
    guard name.hasSuffix(".h5"), name.count > 3, !name.contains("/"), !name.hasPrefix("."),
      name != "checkpoint.h5"
    else { throw value?.wrong(expected) ?? .unreadable(path: name, reason: expected) }
    return name
  }
}

extension EarlyStopping {
  fileprivate init(_ value: RecipeValue) throws(RecipeError) {
    let keys = ["patience", "minimum-delta", "restore-best"]
    guard case .mapping = value.content else {
      self.init(patience: try value.whole(in: 1...1_000_000))
      return
    }
    let section = try value.section(keys)
    self.init(
      patience: try section.required("patience", "a number of epochs").whole(in: 1...1_000_000),
      minimumDelta: try section.number("minimum-delta", in: 0...1e6, default: 0),
      restoresBest: try section.flag("restore-best", default: true))
  }
}

extension ClassWeights {
  fileprivate init(_ value: RecipeValue?) throws(RecipeError) {
    guard let value else {
      self = .equal
      return
    }
    if case .list = value.content {
      self = .given(try value.numbers(in: 0...1e6))
      return
    }
    self = try value.choice(["equal", "balanced"]) == "balanced" ? .balanced : .equal
  }
}
