/// Probabilities of several tests, corrected so that a false one among all is as rare as in a single test.
///
/// - Note: Holm, *A simple sequentially rejective multiple test procedure*, Scandinavian Journal of Statistics 6, 1979.
public enum HolmCorrection {
  /// The corrected probabilities.
  ///
  /// In ascending order the probability of rank `k` of `n` is multiplied by `n - k + 1`, is at least that of the rank before and at most 1.
  ///
  /// - Parameter probabilities: Those of the single tests.
  /// - Returns: One for each, in the order that was given.
  public static func corrected(_ probabilities: [Double]) -> [Double] {
    var corrected = probabilities
    var largest = 0.0
    for (rank, index) in probabilities.indices.sorted(by: { probabilities[$0] < probabilities[$1] })
      .enumerated()
    {
      largest = max(largest, min(probabilities[index] * Double(probabilities.count - rank), 1))
      corrected[index] = largest
    }
    return corrected
  }
}
