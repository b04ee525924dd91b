import Scoring
import Testing

@Suite struct TrapezoidTests {
  /// `scipy.integrate.trapezoid(y, x)` and `trapezoid(y)`.
  @Test func areasAreThoseOfSciPy() {
    let heights = [1, 0, 0.25, 3, 5, -2, 0.25]
    #expect(Trapezoid.area(heights, at: [-4, -1, 0.5, 0.5, 2, 3.25, 7]) == 6.281_25)
    #expect(Trapezoid.area(heights) == 6.875)
    #expect(Trapezoid.area([3]) == 0)
  }
}
