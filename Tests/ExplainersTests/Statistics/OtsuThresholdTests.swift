import Explainers
import TensorCore
import Testing

@Suite struct OtsuThresholdTests {
  /// Two groups: the split lies between them, at the largest value of the lower one.
  @Test func twoGroups() {
    #expect(Otsu.threshold(of: [0, 0.1, 0.2, 0.9, 1]) == 0.2)
    #expect(Otsu.threshold(of: [5, -3, 5, -3, -2.5]) == -2.5)
  }

  /// Three values, two bins from 0 to 1: 0 and 0.4 in the first, 1 in the second, which closes at 1.
  @Test func fewBins() { #expect(Otsu.threshold(of: [0, 0.4, 1], bins: 2) == 0.4) }

  /// Bins 0, 1 and 2 with 1, 2 and 3 values: 1 * 5 * (0 - 8/5)^2 = 12.8 and 3 * 3 * (2/3 - 2)^2 = 16.
  @Test func theLargerSpreadCounts() { #expect(Otsu.threshold(of: [0, 1, 1, 2, 2, 2], bins: 3) == 1) }

  @Test func nothingToSplit() {
    #expect(Otsu.threshold(of: [0.3, 0.3]) == 0.3)
    #expect(Otsu.threshold(of: [7]) == 7)
    #expect(Otsu.threshold(of: []) == 0)
  }

  /// No split has a larger spread between its classes than the one that is found, by trying all.
  @Test(arguments: 0..<20)
  func noSplitIsBetter(seed: UInt32) {
    // 256 steps, so that bins and values coincide.
    var random = NumPyLegacyRandom(seed: seed)
    let values = [0, 255] + (0..<60).map { _ in Float(random.integer(below: 256)) }
    func spread(_ threshold: Float) -> Double {
      let (low, high) = (values.filter { $0 <= threshold }, values.filter { $0 > threshold })
      guard !low.isEmpty, !high.isEmpty else { return 0 }
      func mean(_ values: [Float]) -> Double { values.reduce(0) { $0 + Double($1) } / Double(values.count) }
      let difference = mean(low) - mean(high)
      return Double(low.count * high.count) * difference * difference
    }
    let best = values.map(spread).max() ?? 0
    #expect(abs(spread(Otsu.threshold(of: values)) - best) <= 1e-9 * best)
  }

  private static let quadratic: [Float] = (0..<60).map { (index: Int) -> Float in
    Float((index * index * 7 + 3 * index) % 101)
  }

  /// The largest value of the lower class when `skimage.filters.threshold_otsu` 0.26 splits the same values.
  static let cases: [(values: [Float], bins: Int, expected: Float)] = [
    ([0, 0.1, 0.15, 0.2, 0.8, 0.9, 0.85, 1, 0.05], 256, 0.2),
    ([-3, -2.5, 4, 5, 4.5, -1], 256, -1),
    ([0, 1, 1, 1], 256, 0),
    ([1, 2, 3, 10, 11, 12], 4, 3),
    (quadratic, 256, 46),
    (quadratic, 16, 43),
  ]

  @Test(arguments: cases)
  func splitsWhereScikitImageDoes(values: [Float], bins: Int, expected: Float) {
    #expect(Otsu.threshold(of: values, bins: bins) == expected)
  }
}
