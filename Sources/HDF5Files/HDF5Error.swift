import Boundary

/// Why an HDF5 file cannot be read or written.
///
/// `file` is the path of the file, `path` the place inside it, such as `/model_weights/conv1d`, or
/// `attribute 'layer_names' of /model_weights`.
public enum HDF5Error: Failure, Equatable {
  /// No file of this name.
  case missingFile(file: String)
  /// The file is there, but it cannot be opened.
  case unreadableFile(file: String, reason: String)
  /// The file is something else.
  case notHDF5(file: String, found: String)
  /// libhdf5 cannot make sense of a part of the file.
  case damaged(file: String, path: String, reason: String)
  /// A group has no child of this name.
  case missingObject(file: String, path: String, available: [String])
  /// The object is of another kind: a group where a data set was expected, or the reverse.
  case wrongObject(file: String, path: String, expected: String, found: String)
  /// A link that leads nowhere.
  case brokenLink(file: String, path: String)
  /// A link or data that live in another file.
  case outsideFile(file: String, path: String, found: String)
  /// The object claims more data than the file can hold.
  case oversized(file: String, path: String, claimed: String, limit: Int)
  /// The elements are of a type that cannot be read as asked.
  case wrongType(file: String, path: String, expected: String, found: String)
  /// An integer that does not fit.
  case outOfRange(file: String, path: String, value: UInt64)
  /// Text that is not UTF-8.
  case notText(file: String, path: String)
  /// A filter that is not there, or more filters than are accepted.
  case unusableFilter(file: String, path: String, filter: String)
  /// Rows that the data set does not have.
  case missingRows(file: String, path: String, rows: Range<Int>, available: Int)
  /// The file cannot be written.
  case notWritable(file: String, path: String, reason: String)

  /// The class of the failure.
  public var failureClass: FailureClass {
    switch self {
    case .missingFile, .unreadableFile: .missingFile
    case .notWritable: .usage
    default: .badData
    }
  }
}
