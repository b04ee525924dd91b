import Archives
import Foundation

/// The arrays of one file: .npy, .npz, .csv, .pkl (.pickle) or .h5 (.hdf5).
///
///     let file = try ArrayFile(contentsOf: "mnist1d.h5")
///     let test = try file.array(named: "x_test")
///
/// An .npy or .csv file holds one array, named like the file without its ending. Names inside HDF5 groups,
/// pickled dictionaries and archive folders are joined by `/`. Pickles are read by a machine of our own that
/// builds plain values and executes nothing.
public struct ArrayFile: Sendable {
  /// The path that was opened.
  public let path: String
  /// The arrays that can be read, in the order of the file.
  public let entries: [ArrayEntry]
  private let source: any ArraySource

  /// The endings of the files that are read.
  public static let extensions = ["npy", "npz", "csv", "pkl", "pickle", "h5", "hdf5"]

  /// The most bytes that a file, and an array in it, may have.
  static let mostBytes = 1 << 32

  /// Opens a file and lists its arrays.
  ///
  /// Cost: .csv and .pkl files are read whole, of the others only what describes the arrays is decoded.
  ///
  /// - Parameters:
  ///   - path: The file; its ending decides the format.
  ///   - table: How the rows of a .csv file become signals and labels.
  /// - Throws: `DatasetError` when the file is missing, damaged, not supported, or holds no array of numbers.
  public init(contentsOf path: String, table: TableOptions = TableOptions()) throws(DatasetError) {
    switch Self.ending(of: path) {
    case "h5", "hdf5": try self.init(try HDF5ArrayFile(path: path), path: path)
    case let ending where Self.extensions.contains(ending):
      try self.init(bytes: try Self.read(path), path: path, table: table)
    default: throw .unknownFormat(file: path)
    }
  }

  /// The bytes of a file that is not HDF5.
  private static func read(_ path: String) throws(DatasetError) -> [UInt8] {
    do {
      return try FileBytes.read(path, most: mostBytes)
    } catch {
      throw .unreadableFile(file: error.file, reason: error.reason)
    }
  }

  /// Opens a file that was read already; not for HDF5.
  ///
  /// - Parameters:
  ///   - bytes: The content of the file.
  ///   - path: Where it came from; its ending decides the format.
  ///   - table: How the rows of a .csv file become signals and labels.
  /// - Throws: As `init(contentsOf:table:)`.
  package init(
    bytes: [UInt8], path: String, table: TableOptions = TableOptions()
  ) throws(DatasetError) {
    let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    switch Self.ending(of: path) {
    case "npy": try self.init(try NPYFile(bytes, path: path, name: name), path: path)
    case "npz": try self.init(try NPZFile(bytes, path: path), path: path)
    case "csv": try self.init(try TableFile(bytes, path: path, name: name, options: table), path: path)
    case "pkl", "pickle": try self.init(try PickleFile(bytes, path: path, name: name), path: path)
    default: throw .unknownFormat(file: path)
    }
  }

  private init(_ source: any ArraySource, path: String) throws(DatasetError) {
    if source.entries.isEmpty {
      // A single array that is not read says more about itself than its name would.
      if source.refused.count == 1, let reason = source.refused.values.first { throw reason }
      throw .noArrays(file: path, refused: source.refused.keys.sorted())
    }
    self.path = path
    self.source = source
    entries = source.entries
  }

  private static func ending(of path: String) -> String {
    URL(fileURLWithPath: path).pathExtension.lowercased()
  }

  /// What the file says about one array: that of the name, or the only one when there is no name.
  ///
  /// - Throws: `DatasetError.missingArray` or `.ambiguousArray`, both listing what there is.
  public func entry(named name: String?) throws(DatasetError) -> ArrayEntry {
    guard let name else {
      guard entries.count == 1 else { throw .ambiguousArray(file: path, available: entries) }
      return entries[0]
    }
    if let entry = entries.first(where: { $0.name == name }) { return entry }
    if let reason = source.refused[name] { throw reason }
    throw .missingArray(name: name, file: path, available: entries)
  }

  /// The array of the name, or the only one when there is no name.
  ///
  /// - Throws: `DatasetError` when there is none, or it is damaged.
  public func array(named name: String? = nil) throws(DatasetError) -> NumericArray {
    try source.array(try entry(named: name))
  }

  /// The labels that the label column of a .csv file gave.
  var columnLabels: [Int]? { (source as? TableFile)?.labels }
}
