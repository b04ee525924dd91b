import Boundary

/// Why a zip archive cannot be read.
public struct ArchiveError: Failure, Equatable {
  /// What is wrong.
  public let problem: ArchiveProblem
  /// The archive.
  public let file: String

  init(_ problem: ArchiveProblem, file: String) {
    self.problem = problem
    self.file = file
  }

  /// The class of the failure.
  public var failureClass: FailureClass { .badData }

  /// One sentence for the user.
  public var description: String { problem.sentence(file: file) }
}
