/// The class of a failure, which decides the exit code of the command.
public enum FailureClass: Int32, Sendable, CaseIterable {
  /// The request itself is wrong: an unknown option, method or layer, or an output that cannot be written.
  case usage = 64
  /// A file or a value from outside is not what it should be.
  case badData = 65
  /// A file or folder that was named does not exist or cannot be read.
  case missingFile = 66
  /// A defect of SignalLens.
  case defect = 70
}

/// An error that a user can act on.
///
/// Every boundary with the outside (HDF5, Keras, images, data sets, explanations, figures) has one type of its own
/// that conforms to this protocol: an enumeration of facts. `description` turns the facts into one sentence that
/// says what happened, where, what was expected, what was found and what to do.
public protocol Failure: Error, Sendable, CustomStringConvertible {
  /// The class of the failure.
  var failureClass: FailureClass { get }
}
