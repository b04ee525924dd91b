/// The version of SignalLens.
public enum SignalLensVersion {
  /// The version, as manifests and `lens --version` give it.
  public static let text = "0.1.0"
}
