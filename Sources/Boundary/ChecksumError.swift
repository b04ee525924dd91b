/// Why a file has no checksum.
public enum ChecksumError: Failure, Equatable {
  /// The file cannot be read to its end.
  case unreadable(path: String, reason: String)

  /// The class of the failure.
  public var failureClass: FailureClass { .missingFile }

  /// One sentence for the user.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "cannot read '\(path)' for its checksum: \(reason); leave the files of a run in place until it has ended"
    }
  }
}
