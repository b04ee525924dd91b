import Boundary

/// Why a report cannot be made from the folder of a run.
public enum ReportError: Failure, Equatable {
  /// There is no such folder.
  case missingFolder(path: String)
  /// The folder holds neither a `summary.csv` nor a `scores.csv`.
  case notARun(path: String)
  /// A file that another one speaks of is not there.
  case missingFile(path: String, namedBy: String)
  /// A file is there and cannot be read.
  case unreadable(path: String, reason: String)
  /// A table is not what a run writes.
  case badTable(path: String, line: Int, expected: String, found: String)
  /// The manifest is not what a run writes.
  case badManifest(path: String, reason: String)
  /// A template of ours does not parse.
  case badTemplate(name: String, reason: String)

  /// The class of the failure.
  public var failureClass: FailureClass {
    switch self {
    case .missingFolder, .notARun, .missingFile, .unreadable: .missingFile
    case .badTable, .badManifest: .badData
    case .badTemplate: .defect
    }
  }

  /// One sentence for the user.
  public var description: String {
    switch self {
    case .missingFolder(let path):
      "there is no folder '\(path)'; name the --output of 'lens explain', 'lens compare' or 'lens evaluate'"
    case .notARun(let path):
      "the folder '\(path)' holds neither summary.csv nor scores.csv; name the --output of a run of 'lens explain', "
        + "'lens compare' or 'lens evaluate' that has finished"
    case .missingFile(let path, let namedBy):
      "the file '\(path)' is missing, though \(namedBy) names it; run the command again with the same --output"
    case .unreadable(let path, let reason):
      "cannot read '\(path)': \(reason); check that it is a file and may be read"
    case .badTable(let path, let line, let expected, let found):
      "'\(path)', line \(line): expected \(expected), found \(found); run the command again to write it anew"
    case .badManifest(let path, let reason):
      "'\(path)' is not the manifest of a run: \(reason); run the command again to write it anew"
    case .badTemplate(let name, let reason):
      "the template '\(name)' of the report does not parse: \(reason); please report this defect"
    }
  }
}
