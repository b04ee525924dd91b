import Explainers
import Testing

/// The largest value of the lower class when `skimage.filters.threshold_otsu` 0.26 splits the same values.
@Suite struct OtsuThresholdTests {
  private static let quadratic: [Float] = (0..<60).map { (index: Int) -> Float in
    Float((index * index * 7 + 3 * index) % 101)
  }

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

  @Test func nothingToDivide() {
    #expect(Otsu.threshold(of: [0.5, 0.5]) == 0.5)
    #expect(Otsu.threshold(of: []) == 0)
  }
}
