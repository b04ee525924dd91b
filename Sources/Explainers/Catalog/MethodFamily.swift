/// The families of explanation methods.
public enum MethodFamily: String, Sendable, CaseIterable {
  /// The gradient of the score, alone or along a path.
  case gradient
  /// Feature maps of one layer, weighted.
  case activation
  /// The score, handed back from layer to layer.
  case relevance
  /// What becomes of the score when parts of the input are hidden.
  case perturbation
  /// Maps made of the maps of other methods.
  case combination
}
