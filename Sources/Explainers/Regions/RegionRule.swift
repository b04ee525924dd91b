/// Which positions of a map count as marked.
public enum RegionRule: Sendable, Equatable {
  /// The share of all positions, above 0 and up to 1, that has the largest magnitudes; positions of zero never count.
  ///
  /// At least one position, and of equal magnitudes the one with the lower index first.
  case top(share: Double)
  /// The positions whose magnitude lies above the threshold that splits all magnitudes best into two classes. Otsu, IEEE SMC 1979.
  case otsu
  /// The positions whose magnitude is at least a number above 0.
  case threshold(Double)

  /// A rule from its text: `top 20%`, `otsu` or `threshold 0.5`.
  ///
  /// A space, a colon or an equals sign may stand between the word and the number, or nothing.
  public init?(_ text: String) {
    func number(after word: String) -> Double? {
      guard text.hasPrefix(word) else { return nil }
      let rest = text.dropFirst(word.count).drop { " :=".contains($0) }
      guard rest.hasSuffix("%") else { return Double(rest) }
      return Double(rest.dropLast()).map { $0 / 100 }
    }
    if text == "otsu" {
      self = .otsu
    } else if let share = number(after: "top"), share > 0, share <= 1 {
      self = .top(share: share)
    } else if let limit = number(after: "threshold"), limit > 0, limit.isFinite {
      self = .threshold(limit)
    } else {
      return nil
    }
  }

  /// What texts look like, for messages and help.
  public static let forms = "'top 20%', 'otsu' or 'threshold 0.5'"

  /// Whether every position is marked.
  func marked(_ magnitudes: [Double]) -> [Bool] {
    switch self {
    case .top(let share):
      let count = max(Int((share * Double(magnitudes.count)).rounded()), 1)
      let order = magnitudes.indices.sorted {
        (magnitudes[$1], $0) < (magnitudes[$0], $1)
      }
      var marked = [Bool](repeating: false, count: magnitudes.count)
      for position in order.prefix(count) where magnitudes[position] > 0 { marked[position] = true }
      return marked
    case .otsu:
      let threshold = Otsu.threshold(of: magnitudes.map { Float($0) })
      return magnitudes.map { $0 > Double(threshold) }
    case .threshold(let limit):
      return magnitudes.map { $0 >= limit }
    }
  }
}
