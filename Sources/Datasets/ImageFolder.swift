import Foundation

/// The images of a folder, found but not opened.
///
/// Either every sub-folder is a class, the sorted names giving the labels 0, 1, 2, ... (an empty one keeps
/// its label), or images lie in the folder itself and have no label. Hidden files and files that are no
/// images are passed over; names are sorted by their bytes, so that the order is the same everywhere.
public struct ImageFolder: Sendable, Hashable {
  /// One image.
  public struct Item: Sendable, Hashable {
    /// The path of the file: that of the folder with the relative path.
    public let path: String
    /// The path below the folder, such as `03_COMPLEX/tile.tif`.
    public let relativePath: String
    /// The class; nothing in a folder without classes.
    public let label: Int?
  }

  /// The path of the folder.
  public let path: String
  /// The names of the classes, in the order of their labels; none in a folder without classes.
  public let classNames: [String]
  /// The images, sorted by class and name.
  public let items: [Item]

  /// The endings of the files that count as images.
  public static let extensions = ["png", "tif", "tiff", "jpg", "jpeg"]

  /// Lists a folder.
  ///
  /// - Throws: `DatasetError.folder` when it cannot be read, holds no image, or both images and sub-folders.
  public init(contentsOf path: String) throws(DatasetError) {
    let (images, folders) = try Self.list(path)
    if let image = images.first, let folder = folders.first {
      throw .folder(.mixed(image: image, folder: folder), path: path)
    }
    var items = images.map { Item(path: Self.join(path, $0), relativePath: $0, label: nil) }
    for (label, folder) in folders.enumerated() {
      let (images, _) = try Self.list(Self.join(path, folder))
      items += images.map { image in
        let relativePath = "\(folder)/\(image)"
        return Item(path: Self.join(path, relativePath), relativePath: relativePath, label: label)
      }
    }
    if items.isEmpty { throw .folder(.noImages, path: path) }
    self.path = path
    self.items = items
    classNames = folders
  }

  /// The names of the images and of the folders in a folder, each sorted.
  private static func list(_ path: String) throws(DatasetError) -> (images: [String], folders: [String]) {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw .folder(.unreadable(reason(path)), path: path)
    }
    var images: [String] = []
    var folders: [String] = []
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) where !name.hasPrefix(".") {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: join(path, name), isDirectory: &isFolder) else { continue }
      if isFolder.boolValue {
        folders.append(name)
      } else if extensions.contains(URL(fileURLWithPath: name).pathExtension.lowercased()) {
        images.append(name)
      }
    }
    return (images, folders)
  }

  private static func reason(_ path: String) -> String {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      return "No such file or directory"
    }
    return isFolder.boolValue ? "Permission denied" : "it is no folder"
  }

  private static func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }
}
