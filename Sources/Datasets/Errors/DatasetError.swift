import Archives
import Boundary
import HDF5Files

/// Why a data set cannot be read, chosen from or generated.
public enum DatasetError: Failure, Equatable {
  /// The file is not there or cannot be read.
  case unreadableFile(file: String, reason: String)
  /// The name of the file does not end like that of an array file.
  case unknownFormat(file: String)
  /// The file holds no array of numbers; `refused` names what it holds instead.
  case noArrays(file: String, refused: [String])
  /// The file has no array of that name.
  case missingArray(name: String, file: String, available: [ArrayEntry])
  /// The file holds several arrays and none was named.
  case ambiguousArray(file: String, available: [ArrayEntry])
  /// Two arrays of the file have the same name.
  case duplicateArray(name: String, file: String)
  /// An array is damaged or of a type that is not read.
  case array(ArrayProblem, at: ArrayLocation)
  /// An .npz archive is damaged or not supported.
  case archive(ArchiveProblem, file: String)
  /// A .csv file does not hold signals.
  case table(TableProblem, file: String)
  /// A pickle is damaged, or asks for something that is not allowed.
  case pickle(PickleProblem, file: String)
  /// An HDF5 file cannot be read or written.
  case hdf5(HDF5Error)
  /// An array cannot serve as labels.
  case labels(LabelProblem, at: ArrayLocation)
  /// A choice of items makes no sense.
  case items(ItemProblem, text: String)
  /// A folder of images cannot be used.
  case folder(FolderProblem, path: String)
  /// An option of a generator is outside its range.
  case option(name: String, expected: String, found: String)

  /// The class of the failure.
  public var failureClass: FailureClass {
    switch self {
    case .unreadableFile: .missingFile
    case .unknownFormat, .missingArray, .ambiguousArray, .items, .option: .usage
    case .noArrays, .duplicateArray, .array, .archive, .pickle, .labels: .badData
    case .table(let problem, _): problem.failureClass
    case .folder(let problem, _): problem.failureClass
    case .hdf5(let error): error.failureClass
    }
  }
}
