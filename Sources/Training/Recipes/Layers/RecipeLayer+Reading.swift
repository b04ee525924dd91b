import TensorCore

extension RecipeLayer {
  /// The names of layers in recipes.
  static let ids = [
    "convolution", "depthwise", "separable", "transposed", "dense", "pooling", "global-pooling",
    "batch-normalization", "dropout", "noise", "activation", "flatten",
  ]

  private static let extents = 1...Window.largestParameter
  private static let channels = 1...65_536

  /// Reads a layer.
  ///
  /// - Throws: `RecipeError` when it is not known or one of its values is not what it should be.
  init(_ value: RecipeValue) throws(RecipeError) {
    let (id, settings) = try value.named("a layer", Self.ids)
    self.id = id
    place = value.place
    let section = try Self.section(of: id, settings)
    kind = try Self.kind(id, section)
    name = try section["name"]?.word("the name of the layer")
    let given = try section[id == "activation" ? "function" : "activation"]?.choice(RecipeActivation.names)
    activation = given.flatMap(RecipeActivation.init(rawValue:)) ?? .linear
    hasBias = try section.flag("bias", default: true)
  }

  /// The settings of a layer; a value alone stands for the one that matters most.
  private static func section(of id: String, _ value: RecipeValue) throws(RecipeError) -> RecipeSection {
    let keys = keys(of: id)
    guard case .scalar(let text, _) = value.content, !text.isEmpty else {
      return try value.section(keys, isOptional: ["batch-normalization", "flatten"].contains(id))
    }
    guard let short = shortKeys[id] else { return try value.section(keys) }
    return RecipeSection(
      path: value.path, place: value.place, entries: [.init(key: short, place: value.place, value: value)])
  }

  private static let shortKeys = [
    "pooling": "size", "global-pooling": "kind", "dropout": "rate", "noise": "deviation",
    "activation": "function", "dense": "units",
  ]

  private static func keys(of id: String) -> [String] {
    let window = ["kernel", "stride", "padding"]
    let ends = ["bias", "activation", "name"]
    switch id {
    case "convolution": return ["filters"] + window + ["dilation", "groups"] + ends
    case "depthwise": return window + ["dilation", "multiplier"] + ends
    case "separable": return ["filters"] + window + ["dilation", "multiplier"] + ends
    case "transposed": return ["filters"] + window + ends
    case "dense": return ["units"] + ends
    case "pooling": return ["kind", "size", "stride", "padding", "name"]
    case "global-pooling": return ["kind", "name"]
    case "batch-normalization": return ["momentum", "epsilon", "name"]
    case "dropout": return ["rate", "channels", "name"]
    case "noise": return ["deviation", "name"]
    case "activation": return ["function", "name"]
    default: return ["name"]
    }
  }

  private static func kind(_ id: String, _ section: RecipeSection) throws(RecipeError) -> Kind {
    func filters() throws(RecipeError) -> Int {
      try section.required("filters", "the number of filters").whole(in: channels)
    }
    let multiplier = try section.whole("multiplier", in: 1...1024, default: 1)
    switch id {
    case "convolution":
      return .convolution(
        try taps(section), filters: try filters(),
        groups: try section.whole("groups", in: channels, default: 1))
    case "depthwise": return .depthwise(try taps(section), multiplier: multiplier)
    case "separable": return .separable(try taps(section), filters: try filters(), multiplier: multiplier)
    case "transposed":
      return .transposed(try taps(section, paddings: ["valid", "same"]), filters: try filters())
    case "dense":
      return .dense(units: try section.required("units", "the number of units").whole(in: channels))
    case "pooling":
      let size = try section["size"]?.wholes(in: extents) ?? [2]
      let stride = try section["stride"]?.wholes(in: extents) ?? size
      let padding = try padding(section, ["valid", "same"])
      return .pooling(try poolingKind(section), Taps(kernel: size, stride: stride, padding: padding))
    case "global-pooling": return .globalPooling(try poolingKind(section))
    case "batch-normalization":
      return .batchNormalization(
        momentum: try section.number("momentum", in: 0...1, default: 0.99),
        epsilon: try section["epsilon"]?.positive(upTo: 1) ?? 1e-3)
    case "dropout":
      return .dropout(
        rate: try section.required("rate", "the share of values to drop").number(in: 0...0.999),
        wholeChannels: try section.flag("channels", default: false))
    case "noise":
      return .noise(
        deviation: try section.required("deviation", "the deviation of the noise").number(in: 0...1e6))
    case "activation":
      _ = try section.required("function", "the name of a function")
      return .activation
    default: return .flatten
    }
  }

  private static func taps(
    _ section: RecipeSection, paddings: [String] = ["valid", "same", "causal"]
  ) throws(RecipeError) -> Taps {
    let kernel = try section.required("kernel", "the extents of the kernel").wholes(in: extents)
    return Taps(
      kernel: kernel, stride: try section["stride"]?.wholes(in: extents) ?? [1],
      dilation: try section["dilation"]?.wholes(in: extents) ?? [1], padding: try padding(section, paddings))
  }

  private static func padding(_ section: RecipeSection, _ names: [String]) throws(RecipeError) -> Padding {
    switch try section["padding"]?.choice(names) {
    case "same": .same
    case "causal": .causal
    default: .valid
    }
  }

  private static func poolingKind(_ section: RecipeSection) throws(RecipeError) -> Pooling.Kind {
    try section["kind"]?.choice(["max", "average"]) == "average" ? .average : .maximum
  }
}
