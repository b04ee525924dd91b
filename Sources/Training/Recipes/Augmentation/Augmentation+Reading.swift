extension Augmentation {
  /// The names of operations in recipes.
  static let ids = [
    AffineOperation.id, RandomBrightness.id, CyclicShift.id, RandomScale.id, RandomTilt.id, RandomNoise.id,
    TimeWarp.id,
  ]

  private static let anyNumber = -1e9...1e9

  /// Reads a list of operations.
  ///
  /// - Throws: `RecipeError` when one is not known or one of its settings is not what it should be.
  init(_ value: RecipeValue) throws(RecipeError) {
    var operations: [any AugmentationOperation] = []
    for element in try value.elements("a list of operations, each one of \(Self.ids.joined(separator: ", "))")
    {
      operations.append(try Self.operation(element))
    }
    self.init(operations)
  }

  private static func operation(_ value: RecipeValue) throws(RecipeError) -> any AugmentationOperation {
    let (id, settings) = try value.named("an operation", ids)
    switch id {
    case AffineOperation.id: return try affine(settings)
    case RandomBrightness.id:
      let section = try section(settings, ["range", "limits"])
      let range = try section.required("range", "two factors").range(in: anyNumber)
      let limits = try section["limits"]?.range(in: anyNumber) ?? 0...1
      return try checked(value) { () throws(AugmentationError) in try RandomBrightness(range, limits: limits)
      }
    case CyclicShift.id:
      let share = try section(settings, ["share"]).number("share", in: anyNumber, default: 0.5)
      return try checked(value) { () throws(AugmentationError) in try CyclicShift(share: share) }
    case RandomScale.id:
      let range = try section(settings, ["range"]).required("range", "two factors").range(in: anyNumber)
      return try checked(value) { () throws(AugmentationError) in try RandomScale(range) }
    case RandomTilt.id:
      let slope = try section(settings, ["slope"]).required("slope", "a number").number(in: anyNumber)
      return try checked(value) { () throws(AugmentationError) in try RandomTilt(slope) }
    case RandomNoise.id:
      let section = try section(settings, ["deviation"])
      let deviation = try section.required("deviation", "a number").number(in: anyNumber)
      return try checked(value) { () throws(AugmentationError) in try RandomNoise(deviation: deviation) }
    default:
      let section = try section(settings, ["strength", "waves"])
      let strength = try section.required("strength", "a share").number(in: anyNumber)
      let waves = try section.whole("waves", in: 1...16, default: 3)
      return try checked(value) { () throws(AugmentationError) in
        try TimeWarp(strength: strength, waves: waves)
      }
    }
  }

  private static func affine(_ value: RecipeValue) throws(RecipeError) -> any AugmentationOperation {
    let section = try value.section(AffineOperation().settings.map(\.name) + ["value"])
    var affine = AffineOperation()
    affine.flip = try section["flip"]?.numbers(in: anyNumber) ?? affine.flip
    affine.quarterTurns = try section.flag("quarter-turns", default: false)
    affine.rotation = try section.number("rotation", in: anyNumber, default: 0)
    affine.shear = try section.number("shear", in: anyNumber, default: 0)
    affine.shift = try section["shift"]?.numbers(in: anyNumber) ?? affine.shift
    affine.zoom = try section["zoom"]?.range(in: anyNumber) ?? affine.zoom
    let outside = try section.number("value", in: anyNumber, default: 0)
    switch try section["fill"]?.choice(FillMode.names) {
    case "reflect": affine.fill = .reflect
    case "constant": affine.fill = .constant(Float(outside))
    default: affine.fill = .nearest
    }
    let result = affine
    return try checked(value) { () throws(AugmentationError) in
      try result.checkSettings()
      return result
    }
  }

  /// The settings of an operation; a value alone stands for the first.
  private static func section(_ value: RecipeValue, _ keys: [String]) throws(RecipeError) -> RecipeSection {
    if case .mapping = value.content { return try value.section(keys) }
    return RecipeSection(
      path: value.path, place: value.place,
      entries: [.init(key: keys[0], place: value.place, value: value)])
  }

  private static func checked(
    _ value: RecipeValue, _ make: () throws(AugmentationError) -> any AugmentationOperation
  ) throws(RecipeError) -> any AugmentationOperation {
    do {
      return try make()
    } catch {
      throw .augmentation(error, at: value.place)
    }
  }
}

extension Augmentation {
  /// The operations as a recipe has them, with every setting.
  var value: RecipeValue {
    .list(
      operations.map { operation in
        .mapping([(type(of: operation).id, .mapping(operation.settings.map { ($0.name, $0.value.value) }))])
      })
  }
}

extension AugmentationSetting {
  fileprivate var value: RecipeValue {
    switch self {
    case .number(let number): .number(number)
    case .numbers(let numbers): .list(numbers.map { .number($0) })
    case .flag(let flag): .flag(flag)
    case .word(let word): .word(word)
    }
  }
}
