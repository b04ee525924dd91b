/// The classes of beats: the normal one, and four that differ from it in exactly one wave.
public enum BeatClass: Int, Sendable, Hashable, CaseIterable {
  /// All waves as they should be.
  case normal
  /// The P wave is missing.
  case absentP
  /// The Q, R and S waves are 1.6 times as wide and as far from each other.
  case wideQRS
  /// The T wave points down.
  case invertedT
  /// Between the S and the T wave the voltage is raised by a wave of its own.
  case raisedST

  /// The name in files and on the command line, such as `absent-p`.
  public var name: String {
    switch self {
    case .normal: "normal"
    case .absentP: "absent-p"
    case .wideQRS: "wide-qrs"
    case .invertedT: "inverted-t"
    case .raisedST: "raised-st"
    }
  }
}
