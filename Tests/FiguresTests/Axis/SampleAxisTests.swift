import Figures
import Testing

@Suite struct SampleAxisTests {
  @Test func samplesAreCountedFromZero() {
    let axis = Axis.samples(40, samplingRate: nil)
    #expect(axis.range == -0.5...39.5)
    #expect(axis.label == "sample")
    #expect(axis.ticks(width: 600).labels.prefix(3) == ["0", "5", "10"])
  }

  @Test(arguments: [
    // 187 / 125 = 1.496 s; half a sample is 4 ms.
    (187, 125.0, "time (s)", -0.004, 1.492),
    // 100 / 1000 = 0.1 s; half a sample is 0.5 ms.
    (100, 1000.0, "time (ms)", -0.5, 99.5),
    (100, 1e6, "time (µs)", -0.5, 99.5),
  ])
  func timeHasTheUnitThatFits(count: Int, rate: Double, label: String, low: Double, high: Double) {
    let axis = Axis.samples(count, samplingRate: rate)
    #expect(axis.label == label)
    #expect(abs(axis.range.lowerBound - low) < 1e-9 && abs(axis.range.upperBound - high) < 1e-9)
  }

  @Test func valuesHaveRoomAtBothEnds() {
    // 0.08 of the range of 10 on either side.
    let axis = Axis.values([0, 10], label: "input")
    #expect(abs(axis.range.lowerBound + 0.8) < 1e-12 && abs(axis.range.upperBound - 10.8) < 1e-12)
  }

  @Test func constantsStandInTheMiddle() {
    #expect(Axis.values([4, 4], label: "").range == 2...6)
    #expect(Axis.values([0, 0], label: "").range == -0.5...0.5)
  }

  @Test func barsStandOnZero() {
    #expect(Axis.values([2, 10], label: "", includesZero: true).range == 0...10.8)
    #expect(Axis.values([-10, -2], label: "", includesZero: true).range.upperBound == 0)
  }

  @Test func aLaneIsLeftFreeAtTheBottom() {
    let axis = Axis.values([0, 10], label: "", lane: 0.2)
    let free = (-0.8 - axis.range.lowerBound) / (axis.range.upperBound - axis.range.lowerBound)
    #expect(abs(free - 0.2) < 1e-12)
  }

  @Test(arguments: [80.0, 200, 640, 2000], [1, 7, 40, 187, 100_000, 1_000_000_000])
  func labelsNeverTouch(width: Double, count: Int) {
    let axis = Axis.samples(count, samplingRate: nil)
    let ticks = axis.ticks(width: width)
    let spacing =
      ticks.values.count < 2 ? .infinity : (ticks.values[1] - ticks.values[0]) / Double(count) * width
    #expect(ticks.width(in: Font(size: 9)) + 3 < spacing)
  }
}
