/// Which layers are drawn anew, step by step.
package enum LayerOrder: String, Sendable, CaseIterable {
  /// The layer nearest to the score first, then also the one before it, and so on.
  case topDown = "top-down"
  /// The layer nearest to the input first, then also the one behind it, and so on.
  case bottomUp = "bottom-up"
  /// Every layer on its own, from the input to the score.
  case independent

  /// The layers that are drawn anew in every step.
  ///
  /// - Parameter layers: All layers, from the input to the score.
  /// - Returns: As many sets as there are layers.
  package func steps(of layers: [String]) -> [Set<String>] {
    switch self {
    case .topDown: layers.indices.map { Set(layers.reversed().prefix($0 + 1)) }
    case .bottomUp: layers.indices.map { Set(layers.prefix($0 + 1)) }
    case .independent: layers.map { [$0] }
    }
  }
}
