import Explainers
import Testing

/// Against `skimage.filters.threshold_otsu` 0.26.
@Suite struct OtsuThresholdTests {
  private static let quadratic: [Float] = (0..<60).map { (index: Int) -> Float in
    Float((index * index * 7 + 3 * index) % 101)
  }

  static let cases: [(values: [Float], bins: Int, expected: Float)] = [
    ([0, 0.1, 0.15, 0.2, 0.8, 0.9, 0.85, 1, 0.05], 256, 0.20117188),
    ([-3, -2.5, 4, 5, 4.5, -1], 256, -0.984375),
    ([0, 1, 1, 1], 256, 0.001953125),
    ([1, 2, 3, 10, 11, 12], 4, 2.375),
    (quadratic, 256, 45.8984375),
    (quadratic, 16, 40.625),
  ]

  @Test(arguments: cases)
  func agreesWithScikitImage(values: [Float], bins: Int, expected: Float) {
    #expect(abs(Otsu.threshold(of: values, bins: bins) - expected) <= 1e-6 * abs(expected))
  }

  @Test func nothingToDivide() {
    #expect(Otsu.threshold(of: [0.5, 0.5]) == 0.5)
    #expect(Otsu.threshold(of: []) == 0)
  }
}
