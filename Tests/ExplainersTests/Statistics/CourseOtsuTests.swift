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

  /// Nineteen values at 0 and one at 1: every split is as good, the first counts; one in twenty reaches 2, so that 1.5 / 256 is taken.
  @Test func fewHighValues() {
    let values = Array(repeating: 0, count: 19) + [1.0]
    #expect(CourseOtsu.threshold(of: values) == 1.5 / 256)
  }

  /// The first split of which one side is empty is taken: 1 where nothing is low, 129 where nothing lies above 128.
  @Test func anEmptySide() {
    #expect(CourseOtsu.threshold(of: [0.5, 0.9]) == 1.0 / 256)
    #expect(CourseOtsu.threshold(of: [0, 0.5]) == 1.5 * 129 / 256)
    #expect(CourseOtsu.threshold(of: [0, 0]) == 1.5 / 256)
  }
}
