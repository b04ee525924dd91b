import Explainers
import Testing

@Suite struct CourseOtsuTests {
  /// Worked with NumPy: t = 52, and five of nine values reach round(1.5 * 52) = 78.
  @Test func workedExample() {
    let values = [0, 0.1, 0.15, 0.2, 0.8, 0.9, 0.85, 1, 0.05]
    #expect(CourseOtsu.threshold(of: values) == 0.203125)
    let expected = [0, 0, 0.0049, 0.4225, 1, 1, 1, 1, 0]
    for (found, right) in zip(CourseOtsu.mask(of: values), expected) { #expect(abs(found - right) <= 1e-4) }
  }

  /// Nineteen values at 0 and one at 0.5, level 128: every split from 1 to 128 is as good, the first counts; one in twenty reaches 2, so that
  /// 1.5 / 256 is taken.
  @Test func fewHighValues() {
    let values = Array(repeating: 0, count: 19) + [0.5]
    #expect(CourseOtsu.threshold(of: values) == 1.5 / 256)
  }

  /// Where one side of the first split is empty, that split is taken.
  @Test func anEmptySide() {
    #expect(CourseOtsu.threshold(of: [0.5, 0.9]) == 1.0 / 256)
    #expect(CourseOtsu.threshold(of: [0, 0]) == 1.5 / 256)
  }
}
