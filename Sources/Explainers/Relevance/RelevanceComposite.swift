import Networks

/// Which rule every layer gets: a list in which the first entry that a layer matches decides.
///
/// Layers that no entry matches have a rule of their own: convolutions and dense layers `epsilon(1e-06)`, sums, means and normalisations that
/// could not be merged `norm(1e-06)`; the largest value of a window takes all; element-wise functions hand relevance on as it comes, layers
/// that reorder values bring it to its place.
public struct RelevanceComposite: Sendable {
  /// Which layers an entry is for.
  public enum Selector: Sendable, Hashable {
    /// Convolutions and dense layers that the input reaches through no other one.
    case input
    /// Convolutions of every kind.
    case convolution
    /// Dense layers.
    case dense
    /// Convolutions and dense layers.
    case any
    /// Normalisations by fixed statistics, scales and shifts. With such an entry none is merged into the layers beside it.
    case normalization
    /// Poolings and reductions by the mean, and interpolations.
    case average
    /// Poolings by the maximum.
    case maximum
    /// Sums, differences and means of several inputs.
    case addition
    /// The layer of a name.
    case layer(String)
  }

  /// A rule for some layers.
  public struct Entry: Sendable {
    /// Which layers.
    public var selector: Selector
    /// Their rule.
    public var rule: any RelevanceRule

    /// Creates an entry.
    public init(_ selector: Selector, _ rule: any RelevanceRule) {
      self.selector = selector
      self.rule = rule
    }
  }

  /// The entries; the first that a layer matches decides.
  public var entries: [Entry]

  /// Creates a composite from its entries; the first that a layer matches decides.
  public init(_ entries: [Entry]) { self.entries = entries }

  /// Whether normalisations are merged into the layers beside them first.
  public var mergesNormalizations: Bool { !entries.contains { $0.selector == .normalization } }

  /// The entries as text.
  public var text: String { entries.map { "\($0.selector.text): \($0.rule.text)" }.joined(separator: "; ") }

  /// The same with bounds in the place of those that a `z-box` leaves open.
  func bounded(low: [Float], high: [Float]) -> RelevanceComposite {
    RelevanceComposite(
      entries.map { entry in
        guard let box = entry.rule as? ZBoxRule else { return entry }
        return Entry(
          entry.selector, ZBoxRule(low: box.low ?? low, high: box.high ?? high, epsilon: box.epsilon))
      })
  }
}

extension RelevanceComposite.Selector {
  /// The words for the selectors that are not a layer's name.
  static let words: [(word: String, selector: Self)] = [
    ("input", .input), ("conv", .convolution), ("dense", .dense), ("any", .any),
    ("normalization", .normalization), ("average", .average), ("maximum", .maximum), ("add", .addition),
  ]

  /// The selector as the text of rules writes it.
  var text: String {
    if case .layer(let name) = self { return "layer \(name)" }
    return Self.words.first { $0.selector == self }?.word ?? ""
  }
}
