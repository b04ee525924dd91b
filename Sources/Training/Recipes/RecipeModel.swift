import KerasFormat
import Networks
import TensorCore

/// The model of a recipe.
package struct RecipeModel: Sendable, Equatable {
  /// Where its layers come from.
  package enum Source: Sendable, Equatable {
    /// They are listed, behind an input of `[spatial..., channels]`.
    case layers(input: [Int], [RecipeLayer])
    /// A Keras file has them.
    case file(path: String, keepsWeights: Bool)
  }

  /// Where its layers come from.
  var source: Source
  /// How kernels are drawn.
  var initializer: Initializer
  /// The last layer that is not trained.
  var freezeUntil: String?
  /// The number of outputs of a new head.
  var headClasses: Int?
  /// Where it stands.
  var place: RecipePlace

  /// Whether two are the same, wherever they stand.
  package static func == (left: RecipeModel, right: RecipeModel) -> Bool {
    left.source == right.source && left.initializer == right.initializer
      && left.freezeUntil == right.freezeUntil && left.headClasses == right.headClasses
  }
}

extension RecipeModel {
  /// Reads the model of a recipe.
  ///
  /// - Parameters:
  ///   - value: The value of `model`.
  ///   - folder: What relative paths are taken from.
  /// - Throws: `RecipeError` when something is missing or not what it should be.
  init(_ value: RecipeValue, folder: String) throws(RecipeError) {
    let kinds = ["file", "architecture", "layers"]
    let section = try value.section(
      kinds + ["input", "weights", "initializer", "freeze-until", "replace-head"])
    let given = kinds.filter { section[$0] != nil }
    guard given.count == 1 else {
      throw .conflict(keys: kinds, in: value.path, found: given.count, at: value.place)
    }
    let others = given[0] == "layers" ? ["weights"] : given[0] == "file" ? ["input"] : ["input", "weights"]
    for entry in section.entries where others.contains(entry.key) {
      throw .unknownKey(
        entry.key, in: value.path,
        available: [given[0], "initializer", "freeze-until", "replace-head"], at: entry.place)
    }
    place = value.place
    initializer = .glorotUniform
    if let name = try section["initializer"]?.choice(Initializer.recipeNames.map(\.name)) {
      initializer = Initializer.recipeNames.first { $0.name == name }?.initializer ?? .glorotUniform
    }
    freezeUntil = try section["freeze-until"]?.word("the name of a layer")
    headClasses = try section["replace-head"]?.whole(in: 1...65_536)
    switch given[0] {
    case "file":
      let path = try section.required("file", "a path").path("the path of a Keras file", from: folder)
      let keeps = try section["weights"]?.choice(["fresh", "kept"]) == "kept"
      if keeps, Self.isArchitecture(path), let weights = section["weights"] {
        throw weights.wrong("fresh for a file of JSON, which holds no weights")
      }
      source = .file(path: path, keepsWeights: keeps)
    case "architecture":
      let name = try section.required("architecture", "a name").choice(BuiltInRecipe.names)
      source = try Recipe(builtIn: name).model.source
    default:
      let input = try section.required("input", "the extents of an item, such as [40, 1]")
      guard case .list(let extents) = input.content, (2...4).contains(extents.count) else {
        throw input.wrong(
          "a list of one to three spatial extents and the number of channels, such as [40, 1]")
      }
      var layers: [RecipeLayer] = []
      for element in try section.required("layers", "a list of layers").elements("a list of layers") {
        layers.append(try RecipeLayer(element))
      }
      guard !layers.isEmpty else { throw value.wrong("a model with at least one layer") }
      source = .layers(input: try input.wholes(in: 1...1_000_000), layers)
    }
  }

  /// The model as a recipe has it.
  var value: RecipeValue {
    var entries: [(String, RecipeValue?)]
    switch source {
    case .layers(let input, let layers):
      entries = [("input", .list(input.map { .whole($0) })), ("layers", .list(layers.map(\.value)))]
    case .file(let path, let keepsWeights):
      entries = [("file", .word(path)), ("weights", .word(keepsWeights ? "kept" : "fresh"))]
    }
    entries.append(("initializer", .word(initializer.recipeName)))
    entries.append(("freeze-until", freezeUntil.map { .word($0) }))
    entries.append(("replace-head", headClasses.map { .whole($0) }))
    return .mapping(entries)
  }
}

extension Initializer {
  /// The initializers by their names in recipes.
  static let recipeNames: [(name: String, initializer: Initializer)] = [
    ("glorot-uniform", .glorotUniform), ("glorot-normal", .glorotNormal), ("he-uniform", .heUniform),
    ("he-normal", .heNormal),
  ]

  /// The name in recipes.
  fileprivate var recipeName: String {
    Self.recipeNames.first { $0.initializer == self }?.name ?? "glorot-uniform"
  }
}
