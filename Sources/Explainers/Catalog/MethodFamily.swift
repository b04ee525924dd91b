/// The families of explanation methods.
public enum MethodFamily: String, Sendable, CaseIterable {
  /// The gradient of the score, alone or along a path.
  case gradient
  /// Feature maps of one layer, weighted.
  case activation
}
