import Figures
import Testing

@Suite struct TicksTests {
  /// A range, the most intervals, and the labels worked by hand.
  struct Case: Sendable, CustomTestStringConvertible {
    let range: ClosedRange<Double>
    let intervals: Int
    let labels: [String]
    var exponent = 0
    var testDescription: String { "\(range) in \(intervals)" }
  }

  @Test(arguments: [
    // 1 / 5 = 0.2 is a step itself.
    Case(range: 0...1, intervals: 5, labels: ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    // 1 / 4 = 0.25, the next step is 0.5.
    Case(range: 0...1, intervals: 4, labels: ["0.0", "0.5", "1.0"]),
    // 3.4 / 4 = 0.85, the next step is 1.
    Case(range: -1.4...2, intervals: 4, labels: ["−1", "0", "1", "2"]),
    // 187 / 10 = 18.7, the next step is 20.
    Case(
      range: -0.5...186.5, intervals: 10,
      labels: ["0", "20", "40", "60", "80", "100", "120", "140", "160", "180"]),
    // The ends count although 0.3 / 0.1 is not exactly 3.
    Case(range: 0.1...0.3, intervals: 2, labels: ["0.1", "0.2", "0.3"]),
    // 4e-5 / 4 = 1e-5; below 0.01 the power of ten goes to the axis label.
    Case(range: -2e-5...2e-5, intervals: 4, labels: ["−2", "−1", "0", "1", "2"], exponent: -5),
    Case(range: 0...3e6, intervals: 3, labels: ["0", "1", "2", "3"], exponent: 6),
    // 60 / 6 = 10 around 1e8 needs all decimals of the step in units of 1e8.
    Case(
      range: 1e8...(1e8 + 40), intervals: 2, labels: ["1.0000000", "1.0000002", "1.0000004"], exponent: 8),
  ])
  func areRoundNumbers(example: Case) {
    let ticks = Ticks(in: example.range, intervals: example.intervals)
    #expect(ticks.labels == example.labels)
    #expect(ticks.exponent == example.exponent)
    for value in ticks.values {
      #expect(value >= example.range.lowerBound - 1e-9 && value <= example.range.upperBound + 1e-9)
    }
  }

  @Test func valuesAreRoundedOnce() {
    // 3 x 0.1 would be 0.30000000000000004.
    #expect(Ticks(in: 0...0.4, intervals: 4).values == [0, 0.1, 0.2, 0.3, 0.4])
  }

  @Test func wholeNumbersAreNotDivided() {
    #expect(Ticks(in: -0.5...2.5, intervals: 10, wholeNumbers: true).labels == ["0", "1", "2"])
    #expect(Ticks(in: -0.5...0.5, intervals: 10, wholeNumbers: true).labels == ["0"])
  }

  @Test(arguments: [0.0, 5, -1e30, 1e-30]) func aPointHasOneTick(value: Double) {
    #expect(Ticks(in: value...value, intervals: 5).values == [value])
  }

  @Test(arguments: [1e-300, 1e-45, 1e-10, 1, 1e10, 1e38, 1e300], [1, 2, 5, 10])
  func neverMoreThanAskedFor(span: Double, intervals: Int) {
    for offset in [0.0, 0.1, -0.37, 12] {
      let low = offset * span
      let ticks = Ticks(in: low...(low + span), intervals: intervals)
      #expect((1...(intervals + 1)).contains(ticks.values.count))
      #expect(ticks.labels.allSatisfy { $0.count < 20 })
    }
  }

  @Test func axisLabelsCarryTheFactorEvenWhenShortened() {
    let ticks = Ticks(in: 0...2e-5, intervals: 2)
    let font = Font(size: 10)
    #expect(ticks.label("attribution", in: font, to: 500) == "attribution (×10⁻⁵)")
    let short = ticks.label("attribution", in: font, to: 70)
    #expect(short.hasSuffix("… (×10⁻⁵)"))
    #expect(font.width(of: short) <= 70)
  }
}
