/// Where items come from.
package enum RecipeSource: Sendable, Equatable {
  /// Rows of an array in a file.
  case file(path: String, key: String?, labels: String?, labelColumn: String?)
  /// Images in one folder for each class.
  case folder(path: String)
  /// A generated set.
  case generated(GeneratedItems)

  /// What it is called in messages.
  var name: String {
    switch self {
    case .file(let path, _, _, _), .folder(let path): path
    case .generated(let items): items.kind.rawValue
    }
  }
}

/// Items of a set that the program generates.
package struct GeneratedItems: Sendable, Equatable {
  /// The sets.
  package enum Kind: String, Sendable, CaseIterable {
    case mnist1d, beats, tissue
  }

  /// The parts of a set that is divided.
  package enum Part: String, Sendable, CaseIterable {
    case train, test
  }

  /// The set.
  var kind: Kind
  /// The number of items: of both parts together for `mnist1d`, of every class for the others.
  var count: Int
  /// The seed of the generator.
  var seed: UInt32
  /// The part; `nil` for `tissue`, which has none.
  var part: Part?
  /// The rows and columns of a tile of `tissue` before it gets the extents of the model's input.
  var size: Int?
}

/// How many items of those for training are kept for validation.
package struct RecipeValidation: Sendable, Equatable {
  /// A share of the items, or items of their own.
  package enum Source: Sendable, Equatable {
    /// Some of the items for training.
    case split(ValidationShare, isStratified: Bool)
    /// Other items.
    case own(RecipeSource)
  }

  var source: Source
  /// Where it stands.
  var place: RecipePlace

  /// Whether two are the same, wherever they stand.
  package static func == (left: RecipeValidation, right: RecipeValidation) -> Bool {
    left.source == right.source
  }
}

/// The data of a recipe.
package struct RecipeDataPlan: Sendable, Equatable {
  /// A source with its place.
  struct Located: Sendable, Equatable {
    var source: RecipeSource
    /// The names that lead to it.
    var key: String
    var place: RecipePlace

    static func == (left: Located, right: Located) -> Bool { left.source == right.source }
  }

  /// What is trained with.
  var training: Located
  /// What is measured on at the end.
  var test: Located?
  /// What is measured on after every epoch.
  var validation: RecipeValidation?
  /// How pixels are scaled, by the names of `keras.applications`; divided by 255 when `nil`.
  var preprocessing: String?
}
