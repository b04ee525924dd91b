/// Composites that the literature and other implementations use, by name.
public enum RelevancePreset: String, Sendable, CaseIterable {
  /// The epsilon rule everywhere.
  case epsilon
  /// Convolutions by their positive contributions, dense layers by the epsilon rule.
  case epsilonPlus = "epsilon-plus"
  /// The same, and the first layer flat.
  case epsilonPlusFlat = "epsilon-plus-flat"
  /// Convolutions by `alpha-beta(2,1)`, dense layers by the epsilon rule.
  case epsilonAlpha2Beta1 = "epsilon-alpha2-beta1"
  /// The same, and the first layer flat.
  case epsilonAlpha2Beta1Flat = "epsilon-alpha2-beta1-flat"
  /// The first layer by the box of its inputs, other convolutions by `gamma(0.25)`, dense layers by the epsilon rule.
  case epsilonGammaBox = "epsilon-gamma-box"
  /// What Captum's `LRP` does when no rule is set: the epsilon rule with 1e-9 on every layer, poolings and normalisations included.
  case captum

  /// The rules of the preset.
  public var composite: RelevanceComposite {
    let dense = RelevanceComposite.Entry(.dense, EpsilonRule())
    let flat = RelevanceComposite.Entry(.input, FlatRule())
    switch self {
    case .epsilon: return RelevanceComposite([.init(.any, EpsilonRule())])
    case .epsilonPlus: return RelevanceComposite([.init(.convolution, ZPlusRule()), dense])
    case .epsilonPlusFlat: return RelevanceComposite([flat, .init(.convolution, ZPlusRule()), dense])
    case .epsilonAlpha2Beta1: return RelevanceComposite([.init(.convolution, AlphaBetaRule()), dense])
    case .epsilonAlpha2Beta1Flat:
      return RelevanceComposite([flat, .init(.convolution, AlphaBetaRule()), dense])
    case .epsilonGammaBox:
      return RelevanceComposite([.init(.input, ZBoxRule()), .init(.convolution, GammaRule()), dense])
    case .captum:
      let rule = EpsilonRule(epsilon: 1e-9)
      return RelevanceComposite(
        [.any, .maximum, .average, .normalization, .addition].map { .init($0, rule) })
    }
  }
}
