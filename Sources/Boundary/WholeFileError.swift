/// Why a file could not be written.
public enum WholeFileError: Failure, Equatable {
  /// The file system refused.
  case notWritable(path: String, reason: String)

  /// The class of the failure.
  public var failureClass: FailureClass { .usage }

  /// One sentence for the user.
  public var description: String {
    switch self {
    case .notWritable(let path, let reason):
      "cannot write '\(path)': \(reason); name an output in a folder that exists and can be written to"
    }
  }
}
