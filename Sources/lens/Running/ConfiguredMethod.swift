import SignalLens

/// A method as the user asked for it.
struct ConfiguredMethod: Sendable {
  let id: String
  let explainer: any Explainer

  /// What the catalogue says of it.
  var info: MethodInfo { type(of: explainer).info }
}
