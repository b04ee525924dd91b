import Foundation

/// The folder that `lens explain`, `lens compare` or `lens evaluate` wrote.
public struct RunFolder: Sendable {
  /// Of long tables no more rows than this are shown.
  public static let mostRows = 2000

  /// The folder.
  public let path: String
  /// What was run; `nil` when the folder has no manifest, as examples of an evaluation may not.
  public let manifest: RunManifest?
  /// `summary.csv`: a row for every item and method that was explained.
  public let summary: TableContents?
  /// `regions.csv`.
  public let regions: TableContents?
  /// `scores.csv`: item, method, metric, value.
  public let scores: TableContents?
  /// `table.csv`: the mean of every metric for every method.
  public let evaluation: TableContents?
  /// `curves.csv`: means along deletion and insertion.
  public let curves: TableContents?
  /// `significance.csv`.
  public let significance: TableContents?
  /// `classification.csv`.
  public let classification: TableContents?
  /// `confusion.csv`.
  public let confusion: TableContents?
  /// `roc.csv`.
  public let roc: TableContents?
  /// The figures of a comparison, in their order: PNG where there is one, else SVG.
  public let comparisons: [String]

  /// Reads the tables of a run; its maps are read one by one by `map`.
  ///
  /// - Parameter path: The folder.
  /// - Throws: `ReportError` when it is not the folder of a run, or a table in it is damaged.
  public init(_ path: String) throws(ReportError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      throw .missingFolder(path: path)
    }
    func table(
      _ name: String, _ required: [String], keeping most: Int = .max
    ) throws(ReportError) -> TableContents? {
      let file = "\(path)/\(name)"
      guard FileManager.default.fileExists(atPath: file) else { return nil }
      return try TableContents(file, requiring: required, keeping: most)
    }
    self.path = path
    summary = try table("summary.csv", ["item", "method"])
    scores = try table("scores.csv", ["item", "method", "metric", "value"], keeping: Self.mostRows)
    guard summary != nil || scores != nil else { throw .notARun(path: path) }
    regions = try table("regions.csv", ["item", "method"], keeping: Self.mostRows)
    evaluation = try table("table.csv", ["method", "metric", "mean"])
    curves = try table("curves.csv", ["method", "metric", "fraction", "mean"])
    significance = try table("significance.csv", ["metric", "method", "other"], keeping: Self.mostRows)
    classification = try table("classification.csv", ["class"])
    confusion = try table("confusion.csv", ["label", "predicted", "count"])
    roc = try table("roc.csv", ["class", "false_positive_rate", "true_positive_rate"])
    comparisons = Self.comparisons(in: path)
    let file = "\(path)/manifest.json"
    manifest = FileManager.default.fileExists(atPath: file) ? try RunManifest(contentsOf: file) : nil
  }

  /// The examples of an evaluation, laid out as the folder of an explanation; `nil` when there are none.
  ///
  /// - Throws: `ReportError` when a table among them is damaged.
  public func examples() throws(ReportError) -> RunFolder? {
    let folder = "\(path)/examples"
    guard FileManager.default.fileExists(atPath: "\(folder)/summary.csv") else { return nil }
    return try RunFolder(folder)
  }

  /// The items that were explained, in the order of the summary, each with its methods.
  public var explained: [(item: String, methods: [String])] {
    guard let summary else { return [] }
    var order: [String] = []
    var methods: [String: [String]] = [:]
    for (item, method) in zip(summary.texts("item"), summary.texts("method")) {
      if methods[item] == nil { order.append(item) }
      if methods[item]?.contains(method) != true { methods[item, default: []].append(method) }
    }
    return order.map { ($0, methods[$0] ?? []) }
  }

  /// Whether maps lie in the folder: a comparison has only figures.
  public var hasMaps: Bool {
    guard let first = explained.first, let method = first.methods.first else { return false }
    return comparisons.isEmpty || file(first.item, "\(method).csv") != nil
  }

  /// The map of an item by a method.
  ///
  /// - Throws: `ReportError` when its table is missing or damaged.
  public func map(_ item: String, _ method: String) throws(ReportError) -> MapContents {
    let path = Self.path(of: item, "\(method).csv")
    guard let file = file(item, "\(method).csv") else {
      throw .missingFile(path: "\(self.path)/\(path)", namedBy: "summary.csv")
    }
    return try MapContents(file)
  }

  /// How far the map of an item may be off: its standard error, or the disagreement of the methods that it is made of.
  ///
  /// - Throws: `ReportError` when the table is damaged.
  public func spread(_ item: String, _ method: String) throws(ReportError) -> (
    name: String, map: MapContents
  )? {
    for (name, word) in [("standard error", "standard-error"), ("disagreement", "disagreement")] {
      if let file = file(item, "\(method).\(word).csv") { return (name, try MapContents(file)) }
    }
    return nil
  }

  /// The path of a file of an item, when it is there.
  ///
  /// - Parameters:
  ///   - item: The name of the item, with its sub-folder.
  ///   - suffix: What follows the name and a full stop.
  /// - Returns: The path, or `nil`.
  public func file(_ item: String, _ suffix: String) -> String? {
    // Names come from a table; nothing in them may lead out of the folder.
    let slash = UInt8(ascii: "/")
    let leadsUp = item.utf8.split(separator: slash).contains { $0.elementsEqual("..".utf8) }
    guard !leadsUp, !suffix.utf8.contains(slash) else { return nil }
    let file = "\(path)/\(Self.path(of: item, suffix))"
    return FileManager.default.fileExists(atPath: file) ? file : nil
  }

  /// The path of a file of an item within the folder.
  static func path(of item: String, _ suffix: String) -> String { "\(item).\(suffix)" }

  private static func comparisons(in folder: String) -> [String] {
    var found: [String] = []
    for number in 1... {
      let stem = "\(folder)/comparison\(number == 1 ? "" : "-\(number)")"
      let files = ["png", "svg"].map { "\(stem).\($0)" }
      guard let file = files.first(where: FileManager.default.fileExists) else { break }
      found.append(file)
    }
    return found
  }
}

extension RunFolder {
  /// The path of a folder as seen from the folder that a file lies in.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - folder: The folder.
  /// - Returns: A relative path; `.` when they are the same.
  public static func relativePath(from file: String, to folder: String) -> String {
    func parts(_ url: URL) -> [String] { url.standardizedFileURL.resolvingSymlinksInPath().pathComponents }
    let start = parts(URL(fileURLWithPath: file).deletingLastPathComponent())
    let end = parts(URL(fileURLWithPath: folder))
    let shared = zip(start, end).prefix { $0 == $1 }.count
    let path = [String](repeating: "..", count: start.count - shared) + end[shared...]
    return path.isEmpty ? "." : path.joined(separator: "/")
  }
}
