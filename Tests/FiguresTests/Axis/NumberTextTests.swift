import Figures
import Testing

@Suite struct NumberTextTests {
  @Test(arguments: [
    (0.0, "0"), (1, "1.000"), (-2.5, "−2.500"), (13.21987, "13.22"), (0.98765, "0.9877"), (0.99996, "1.000"),
    (123456, "123456"), (1_234_567, "1.235×10⁶"), (0.00123456, "0.001235"), (0.000123456, "1.235×10⁻⁴"),
    (-3e-12, "−3.000×10⁻¹²"), (.leastNonzeroMagnitude, "4.941×10⁻³²⁴"), (1e300, "1.000×10³⁰⁰"),
  ])
  func roundsToSignificantDigits(value: Double, expected: String) {
    #expect(value.text(significantDigits: 4) == expected)
  }

  @Test(arguments: [(-0.04, 1, "0.0"), (-0.06, 1, "−0.1"), (2.5, 0, "2"), (1.005, 2, "1.00")])
  func roundsToDecimalsWithoutANegativeZero(value: Double, decimals: Int, expected: String) {
    #expect(value.text(decimals: decimals) == expected)
  }

  @Test(arguments: [(1.0, 0), (9.999, 0), (10, 1), (1000, 3), (0.1, -1), (0.001, -3), (-250, 2), (0, 0)])
  func findsThePowerOfTenBelow(value: Double, expected: Int) {
    #expect(value.decimalExponent == expected)
  }
}
