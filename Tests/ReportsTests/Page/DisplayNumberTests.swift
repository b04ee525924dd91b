import Reports
import Testing

@Suite struct DisplayNumberTests {
  @Test(arguments: [
    (0.0, "0"), (12.0, "12"), (-999_999.0, "-999999"), (0.123456, "0.1235"), (-1.5e-7, "-1.500e-7"),
    (12345.678, "12346"), (1e6, "1.000e6"), (9.9996, "10.00"), (0.0001234, "0.0001234"),
    (0.00001234, "1.234e-5"),
  ])
  func fourDigitsAreShown(value: Double, text: String) {
    #expect(DisplayNumber.text(value) == text)
  }
}
