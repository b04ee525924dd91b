import Boundary

/// Why an evaluation cannot be continued.
public enum JournalError: Failure, Equatable {
  /// The file cannot be made, or the disk takes no more.
  case notWritable(path: String)
  /// The file belongs to an evaluation of other data, methods or options.
  case otherEvaluation(path: String)
  /// A line in the middle is not one of ours.
  case damaged(path: String)
  /// An item that should be finished is not there.
  case incomplete(item: String)

  /// The class of the failure.
  public var failureClass: FailureClass {
    switch self {
    case .damaged: .badData
    case .incomplete: .defect
    case .notWritable, .otherEvaluation: .usage
    }
  }

  /// One sentence for the user.
  public var description: String {
    switch self {
    case .notWritable(let path):
      "cannot write '\(path)', which keeps what is finished; name an --output that can be written to and has space"
    case .otherEvaluation(let path):
      "'\(path)' belongs to an evaluation with another model, data or options; "
        + "run it with those, choose another --output, or leave out --resume to begin anew"
    case .damaged(let path):
      "'\(path)' is damaged, so that the evaluation cannot be resumed; leave out --resume to begin anew"
    case .incomplete(let item):
      "the scores of item '\(item)' were not kept; run the evaluation again"
    }
  }
}
