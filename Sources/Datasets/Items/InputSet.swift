import Foundation
import TensorCore

/// The items that some files and folders hold for a model.
public struct InputSet: Sendable {
  /// The items in the order of the paths.
  public let items: [InputItem]
  /// The names of the classes, where a folder of classes gives them.
  public let classNames: [String]
  /// The files that the items come from.
  public let files: [String]
  private let shape: Shape
  private let scaling: InputScaling

  /// Finds the items of files and folders; images are opened only when they are loaded.
  ///
  /// - Parameters:
  ///   - paths: Images, folders of images or array files.
  ///   - shape: The shape that the model takes, `[1, spatial..., channels]`.
  ///   - options: How files become inputs.
  /// - Throws: `InputError` when a file is missing, damaged or does not fit the model.
  public init(_ paths: [String], for shape: Shape, options: InputOptions = .init()) throws(InputError) {
    var items: [InputItem] = []
    var classNames: [String] = []
    var files: [String] = []
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw .missing(path: path)
      }
      let ending = URL(fileURLWithPath: path).pathExtension.lowercased()
      if isFolder.boolValue {
        let folder = try Self.folder(path, shape, options)
        items += folder.items.map {
          InputItem(name: Self.stem($0.relativePath), label: $0.label, source: .image(path: $0.path))
        }
        files += folder.items.map(\.path)
        if classNames.isEmpty { classNames = folder.classNames }
      } else if ImageFolder.extensions.contains(ending) {
        guard Self.takesImages(shape) else { throw .notAnImageModel(path: path, expected: shape) }
        let name = Self.stem(URL(fileURLWithPath: path).lastPathComponent)
        items.append(InputItem(name: name, label: nil, source: .image(path: path)))
        files.append(path)
      } else if ArrayFile.extensions.contains(ending) {
        items += try Self.rows(of: path, shape, options)
        files.append(path)
      } else {
        throw .unknownFormat(path: path)
      }
    }
    guard !items.isEmpty else { throw .noItems(path: paths.joined(separator: "', '")) }
    self.items = Self.withUniqueNames(items)
    self.classNames = classNames
    self.files = files
    self.shape = shape
    scaling = options.scaling
  }

  /// Loads one item.
  ///
  /// - Parameter index: The position in `items`.
  /// - Returns: The item as the model sees it.
  /// - Throws: `InputError` when the file is damaged or holds numbers that are not finite.
  public func load(_ index: Int) throws(InputError) -> InputItem.Loaded {
    try items[index].load(as: shape, scaling: scaling)
  }
}

extension InputSet {
  private static func folder(
    _ path: String, _ shape: Shape, _ options: InputOptions
  ) throws(InputError) -> (items: [ImageFolder.Item], classNames: [String]) {
    guard takesImages(shape) else { throw .notAnImageModel(path: path, expected: shape) }
    return try reading { () throws(DatasetError) in
      let folder = try ImageFolder(contentsOf: path)
      let chosen = try options.items?.indices(count: folder.items.count) ?? Array(folder.items.indices)
      return (chosen.map { folder.items[$0] }, folder.classNames)
    }
  }

  private static func rows(
    of path: String, _ shape: Shape, _ options: InputOptions
  ) throws(InputError) -> [InputItem] {
    try reading { () throws(DatasetError) -> Result<[InputItem], InputError> in
      let file = try ArrayFile(contentsOf: path, table: options.table)
      let entry = try file.entry(named: options.key ?? onlyEntry(of: file, fitting: shape, options))
      let location = ArrayLocation(file: path, name: entry.name)
      guard let (rows, form) = itemRows(of: entry.shape, as: shape, options) else {
        return .failure(.itemShape(location: location, expected: shape, found: entry.shape))
      }
      let labels = rows.isSingle ? nil : try file.labels(forKey: entry.name, labelsKey: options.labelsKey)
      let chosen = try options.items?.indices(count: rows.count) ?? Array(0..<rows.count)
      let array = try file.array(named: entry.name)
      let name = entry.name.replacingOccurrences(of: "/", with: "-")
      return .success(
        chosen.map { row in
          InputItem(
            name: "\(name)-\(row)", label: labels?[row],
            source: .row(array, index: rows.isSingle ? nil : row, form))
        })
    }.get()
  }

  /// The one array whose items fit, when no array was named.
  ///
  /// Whole numbers (masks, labels), and grey for a model of colour or the other way round, only when nothing else does.
  private static func onlyEntry(of file: ArrayFile, fitting shape: Shape, _ options: InputOptions) -> String?
  {
    let fitting = file.entries.filter { itemRows(of: $0.shape, as: shape, options) != nil }
    let exact = fitting.filter { itemRows(of: $0.shape, as: shape, options)?.form.channels == nil }
    return theOnlyOne(of: exact.isEmpty ? fitting : exact)?.name
  }

  /// The only array of measured numbers, else the only one of whole numbers.
  static func theOnlyOne(of entries: [ArrayEntry]) -> ArrayEntry? {
    let measured = entries.filter { $0.kind.isFloatingPoint }
    let candidates = measured.isEmpty ? entries : measured
    return candidates.count == 1 ? candidates[0] : nil
  }

  /// How an array holds items: as the model takes them where it fits so, else with the channels elsewhere or of the other number.
  private static func itemRows(
    of array: Shape, as item: Shape, _ options: InputOptions
  ) -> (rows: ItemRows, form: ItemForm)? {
    for form in ItemForm.candidates(for: item, expectsChannelsFirst: options.expectsChannelsFirst) {
      if let rows = ItemRows(of: array, as: form.stored(item)) { return (rows, form) }
    }
    return nil
  }

  static func reading<Result>(_ body: () throws(DatasetError) -> Result) throws(InputError) -> Result {
    do {
      return try body()
    } catch {
      throw .dataset(error)
    }
  }

  private static func takesImages(_ shape: Shape) -> Bool {
    shape.spatial.count == 2 && (shape.channels == 1 || shape.channels == 3)
  }

  private static func stem(_ path: String) -> String { (path as NSString).deletingPathExtension }

  private static func withUniqueNames(_ items: [InputItem]) -> [InputItem] {
    var seen: [String: Int] = [:]
    return items.map { item in
      var item = item
      let count = seen[item.name, default: 0] + 1
      seen[item.name] = count
      if count > 1 { item.name += "-\(count)" }
      return item
    }
  }
}
