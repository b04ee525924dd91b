/// Probabilities of several tests, adjusted so that the chance of one false finding among all stays what it is for a single test.
public enum HolmCorrection {
  /// The adjusted probabilities.
  ///
  ///     p'[i] = max over j <= i of min((m - j + 1) p[j], 1),  p ascending, j from 1 to m
  ///
  /// - Note: Holm, Scandinavian Journal of Statistics 1979. Equal to `multipletests(p, method="holm")` of statsmodels.
  /// - Parameter probabilities: One for every test, from 0 to 1.
  /// - Returns: As many, in the same order.
  public static func adjusted(_ probabilities: [Double]) -> [Double] {
    let order = probabilities.indices.sorted { (probabilities[$0], $0) < (probabilities[$1], $1) }
    var adjusted = probabilities
    var largest = 0.0
    for (place, index) in order.enumerated() {
      largest = max(largest, min(Double(order.count - place) * probabilities[index], 1))
      adjusted[index] = largest
    }
    return adjusted
  }
}
