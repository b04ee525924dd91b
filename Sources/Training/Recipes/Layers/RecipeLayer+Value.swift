import TensorCore

extension RecipeLayer {
  /// The layer as a recipe has it, with every setting.
  var value: RecipeValue {
    var entries: [(String, RecipeValue?)] = []
    switch kind {
    case .convolution(let taps, let filters, let groups):
      entries = [("filters", .whole(filters))] + taps.entries + [("groups", .whole(groups))]
    case .depthwise(let taps, let multiplier): entries = taps.entries + [("multiplier", .whole(multiplier))]
    case .separable(let taps, let filters, let multiplier):
      entries = [("filters", .whole(filters))] + taps.entries + [("multiplier", .whole(multiplier))]
    case .transposed(let taps, let filters):
      entries = [("filters", .whole(filters))] + taps.entries.filter { $0.0 != "dilation" }
    case .dense(let units): entries = [("units", .whole(units))]
    case .pooling(let kind, let taps):
      entries = [
        ("kind", .word(kind.name)), ("size", .wholes(taps.kernel)), ("stride", .wholes(taps.stride)),
        ("padding", .word(taps.padding.name)),
      ]
    case .globalPooling(let kind): entries = [("kind", .word(kind.name))]
    case .batchNormalization(let momentum, let epsilon):
      entries = [("momentum", .number(momentum)), ("epsilon", .number(epsilon))]
    case .dropout(let rate, let wholeChannels):
      entries = [("rate", .number(rate)), ("channels", .flag(wholeChannels))]
    case .noise(let deviation): entries = [("deviation", .number(deviation))]
    case .activation: entries = [("function", .word(activation.rawValue))]
    case .flatten: break
    }
    if hasWeights { entries += [("bias", .flag(hasBias)), ("activation", .word(activation.rawValue))] }
    return .mapping([(id, .mapping(entries + [("name", name.map { .word($0) })]))])
  }

  /// Whether it has a kernel, and with it may have a bias and an activation.
  private var hasWeights: Bool {
    switch kind {
    case .convolution, .depthwise, .separable, .transposed, .dense: true
    default: false
    }
  }
}

extension RecipeLayer.Taps {
  fileprivate var entries: [(String, RecipeValue?)] {
    [
      ("kernel", .wholes(kernel)), ("stride", .wholes(stride)), ("dilation", .wholes(dilation)),
      ("padding", .word(padding.name)),
    ]
  }
}

extension RecipeValue {
  /// One whole number, or a list of several.
  static func wholes(_ values: [Int]) -> RecipeValue {
    values.count == 1 ? .whole(values[0]) : .list(values.map { .whole($0) })
  }
}

extension Padding {
  /// The name in recipes.
  fileprivate var name: String {
    switch self {
    case .same: "same"
    case .causal: "causal"
    case .valid, .explicit: "valid"
    }
  }
}

extension Pooling.Kind {
  /// The name in recipes.
  fileprivate var name: String { self == .maximum ? "max" : "average" }
}
