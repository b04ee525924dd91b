import Foundation
import Images
import TensorCore

extension InputSet {
  /// The shape `[spatial..., channels]` that the first item of some files has, for a model that leaves extents of its input open.
  ///
  /// An image gives its own extents, and three channels where the model leaves them open. An array gives those of its items.
  ///
  /// - Parameters:
  ///   - paths: Images, folders of images or array files; the first one counts.
  ///   - extents: What the model says: `[spatial..., channels]`, `nil` where it leaves an extent open.
  ///   - options: How files become inputs.
  /// - Returns: The shape.
  /// - Throws: `InputError` when the file is missing or damaged, does not fit or holds several arrays that do.
  public static func shapeOfFirstItem(
    _ paths: [String], completing extents: [Int?], options: InputOptions = .init()
  ) throws(InputError) -> [Int] {
    guard let path = paths.first else { throw .noItems(path: "") }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .missing(path: path)
    }
    let ending = URL(fileURLWithPath: path).pathExtension.lowercased()
    if isFolder.boolValue {
      let first = try reading { () throws(DatasetError) in try ImageFolder(contentsOf: path).items[0].path }
      return try shape(ofImage: first, extents)
    }
    if ImageFolder.extensions.contains(ending) { return try shape(ofImage: path, extents) }
    guard ArrayFile.extensions.contains(ending) else { throw .unknownFormat(path: path) }
    return try shape(ofArray: path, extents, options)
  }

  private static func shape(ofImage path: String, _ extents: [Int?]) throws(InputError) -> [Int] {
    guard extents.isEmpty || extents.count == 3 else {
      throw .openShape(path: path, extents: extents, found: [])
    }
    do {
      let image = try PixelImage(contentsOf: path)
      let known = extents.isEmpty ? [nil, nil, nil] : extents
      return [known[0] ?? image.height, known[1] ?? image.width, known[2] ?? 3]
    } catch {
      throw .image(error)
    }
  }

  private static func shape(
    ofArray path: String, _ extents: [Int?], _ options: InputOptions
  ) throws(InputError) -> [Int] {
    try reading { () throws(DatasetError) -> Result<[Int], InputError> in
      let file = try ArrayFile(contentsOf: path, table: options.table)
      let entries =
        try options.key.map { key throws(DatasetError) in [try file.entry(named: key)] } ?? file.entries
      let fitting = entries.filter { item(of: $0.shape, completing: extents) != nil }
      guard let entry = theOnlyOne(of: fitting), let found = item(of: entry.shape, completing: extents) else {
        return .failure(.openShape(path: path, extents: extents, found: entries))
      }
      return .success(found)
    }.get()
  }

  /// The shape of the items of an array that fit what a model says, or `nil` when they do not; a last channel axis of extent one may be
  /// missing, and the channels may come first where they are known.
  private static func item(of array: Shape, completing extents: [Int?]) -> [Int]? {
    guard array.rank > 1 else { return nil }
    let item = Array(array.extents.dropFirst())
    guard !extents.isEmpty else { return item }
    var forms = [item]
    if item.count == extents.count, let channels = item.first { forms.append(item.dropFirst() + [channels]) }
    if item.count == extents.count - 1 { forms.append(item + [1]) }
    if array.rank == extents.count { forms.append(array.extents) }
    return forms.first { form in
      form.count == extents.count && zip(extents, form).allSatisfy { ($0 == nil || $0 == $1) && $1 > 0 }
    }
  }
}
