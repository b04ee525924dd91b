import Datasets
import Foundation

extension RecipeDataPlan {
  /// Reads the data of a recipe.
  ///
  /// - Parameters:
  ///   - value: The value of `data`.
  ///   - folder: What relative paths are taken from.
  /// - Throws: `RecipeError` when something is missing or not what it should be.
  init(_ value: RecipeValue, folder: String) throws(RecipeError) {
    let section = try value.section(["train", "test", "validation", "preprocess"])
    training = try Located(try section.required("train", "where the items come from"), folder)
    test = nil
    if let value = section["test"] { test = try Located(value, folder) }
    validation = nil
    if let value = section["validation"] { validation = try RecipeValidation(value, folder) }
    preprocessing = try section["preprocess"]?.choice(Preprocessing.allCases.map(\.rawValue))
  }

  /// The data as a recipe has them.
  var value: RecipeValue {
    .mapping([
      ("train", training.source.value), ("test", test?.source.value),
      ("validation", validation?.source.value), ("preprocess", preprocessing.map { .word($0) }),
    ])
  }
}

extension RecipeDataPlan.Located {
  fileprivate init(_ value: RecipeValue, _ folder: String) throws(RecipeError) {
    source = try RecipeSource(value, folder)
    key = value.path
    place = value.place
  }
}

extension RecipeValidation {
  fileprivate init(_ value: RecipeValue, _ folder: String) throws(RecipeError) {
    place = value.place
    guard case .mapping(let entries) = value.content else {
      source = .split(.fraction(try Self.share(value)), isStratified: false)
      return
    }
    if entries.contains(where: { ["file", "folder", "generate"].contains($0.key) }) {
      source = .own(try RecipeSource(value, folder))
      return
    }
    let section = try value.section(["share", "count", "stratified"])
    let isStratified = try section.flag("stratified", default: false)
    if let count = section["count"] {
      source = .split(.count(try count.whole(in: 1...100_000_000)), isStratified: isStratified)
    } else {
      let share = try Self.share(section.required("share", "a number between 0 and 1"))
      source = .split(.fraction(share), isStratified: isStratified)
    }
  }

  private static func share(_ value: RecipeValue) throws(RecipeError) -> Double {
    try value.number(in: 0.0001...0.9999)
  }
}

extension RecipeValidation.Source {
  fileprivate var value: RecipeValue {
    switch self {
    case .own(let source): source.value
    case .split(.fraction(let share), let isStratified):
      .mapping([("share", .number(share)), ("stratified", .flag(isStratified))])
    case .split(.count(let count), let isStratified):
      .mapping([("count", .whole(count)), ("stratified", .flag(isStratified))])
    }
  }
}

extension RecipeSource {
  private static let kinds = ["file", "folder", "generate"]

  /// Reads a source; a path alone is that of a folder or a file, as it is found.
  fileprivate init(_ value: RecipeValue, _ folder: String) throws(RecipeError) {
    if case .scalar = value.content {
      let path = try value.path("a path, or a mapping with file, folder or generate", from: folder)
      var isFolder: ObjCBool = false
      let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      self =
        isThere && isFolder.boolValue
        ? .folder(path: path) : .file(path: path, key: nil, labels: nil, labelColumn: nil)
      return
    }
    let keys = Self.kinds + ["key", "labels", "label-column", "count", "seed", "part", "size"]
    let section = try value.section(keys)
    let given = Self.kinds.filter { section[$0] != nil }
    guard given.count == 1 else {
      throw .conflict(keys: Self.kinds, in: value.path, found: given.count, at: value.place)
    }
    let others = Self.others(behind: given[0])
    for entry in section.entries where entry.key != given[0] && !others.contains(entry.key) {
      throw .unknownKey(entry.key, in: value.path, available: [given[0]] + others, at: entry.place)
    }
    switch given[0] {
    case "file":
      self = .file(
        path: try section.required("file", "a path").path("a path", from: folder),
        key: try section["key"]?.word("the name of a data set"),
        labels: try section["labels"]?.word("the name of a data set"),
        labelColumn: try section["label-column"]?.word("the name or number of a column"))
    case "folder":
      self = .folder(
        path: try section.required("folder", "a path").path("a path", from: folder))
    default: self = .generated(try GeneratedItems(section))
    }
  }

  private static func others(behind kind: String) -> [String] {
    switch kind {
    case "file": ["key", "labels", "label-column"]
    case "folder": []
    default: ["count", "seed", "part", "size"]
    }
  }

  fileprivate var value: RecipeValue {
    switch self {
    case .file(let path, let key, let labels, let labelColumn):
      .mapping([
        ("file", .word(path)), ("key", key.map { .word($0) }), ("labels", labels.map { .word($0) }),
        ("label-column", labelColumn.map { .word($0) }),
      ])
    case .folder(let path): .mapping([("folder", .word(path))])
    case .generated(let items):
      .mapping([
        ("generate", .word(items.kind.rawValue)), ("count", .whole(items.count)),
        ("seed", .whole(Int(items.seed))), ("part", items.part.map { .word($0.rawValue) }),
        ("size", items.size.map { .whole($0) }),
      ])
    }
  }
}

extension GeneratedItems {
  fileprivate init(_ section: RecipeSection) throws(RecipeError) {
    let name = try section.required("generate", "the name of a set").choice(Kind.allCases.map(\.rawValue))
    kind = Kind(rawValue: name) ?? .mnist1d
    let standard = Self.standard(kind)
    count = try section.whole("count", in: 1...1_000_000, default: standard.count)
    seed = UInt32(try section.whole("seed", in: 0...Int(UInt32.max), default: Int(standard.seed)))
    let isTissue = kind == .tissue
    for (key, isKnown) in [("part", !isTissue), ("size", isTissue)] {
      if let value = section[key], !isKnown {
        let keys = ["generate", "count", "seed", isTissue ? "size" : "part"]
        throw .unknownKey(key, in: section.path, available: keys, at: value.place)
      }
    }
    let part = try section["part"]?.choice(Part.allCases.map(\.rawValue)) ?? Part.train.rawValue
    self.part = isTissue ? nil : Part(rawValue: part)
    size = isTissue ? try section.whole("size", in: 16...2048, default: 150) : nil
  }

  private static func standard(_ kind: Kind) -> (count: Int, seed: UInt32) {
    switch kind {
    case .mnist1d: (MNIST1D.Options().samples, MNIST1D.Options().seed)
    case .beats: (Beats.Options().count, Beats.Options().seed)
    case .tissue: (Tissue.Options().count, Tissue.Options().seed)
    }
  }
}
