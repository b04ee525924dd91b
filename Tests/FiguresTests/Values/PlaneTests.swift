import Figures
import Testing

@Suite struct PlaneTests {
  @Test func reducingAverages() {
    // [1 2 3 4] to two: (1 + 2) / 2 and (3 + 4) / 2.
    let plane = Plane(rows: 1, columns: 4, values: [1, 2, 3, 4])
    #expect(plane.resampled(rows: 1, columns: 2).values == [1.5, 3.5])
  }

  @Test func reducingByAFractionWeighsByArea() {
    // [1 2 3] to two, each new cell 1.5 old ones: (1 + 0.5 x 2) / 1.5 = 4/3 and (0.5 x 2 + 3) / 1.5 = 8/3.
    let plane = Plane(rows: 3, columns: 1, values: [1, 2, 3]).resampled(rows: 2, columns: 1)
    #expect(abs(plane.values[0] - 4 / 3) < 1e-6 && abs(plane.values[1] - 8 / 3) < 1e-6)
  }

  @Test func enlargingByAWholeFactorRepeats() {
    let plane = Plane(rows: 2, columns: 2, values: [1, 2, 3, 4]).resampled(rows: 4, columns: 6)
    #expect(plane.values == [1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 3, 3, 3, 4, 4, 4])
  }

  @Test(arguments: [(1, 1), (7, 3), (13, 29), (64, 64)])
  func aConstantStaysItself(rows: Int, columns: Int) {
    let plane = Plane(rows: 11, columns: 17, values: [Float](repeating: 0.3, count: 187))
    for value in plane.resampled(rows: rows, columns: columns).values { #expect(abs(value - 0.3) < 1e-6) }
  }

  @Test(arguments: [5, 8, 12, 40]) func theMeanIsKept(columns: Int) {
    let values = (0..<20).map { Float($0 * $0 % 13) }
    let mean = values.reduce(0, +) / 20
    let resampled = Plane(rows: 1, columns: 20, values: values).resampled(rows: 1, columns: columns)
    #expect(abs(resampled.values.reduce(0, +) / Float(columns) - mean) < 1e-4)
  }

  @Test func sumsStayFinite() {
    let plane = Plane(rows: 1, columns: 1, values: [.greatestFiniteMagnitude])
    #expect(Plane(summing: [plane, plane]).values == [.greatestFiniteMagnitude])
    #expect(Plane(summing: [plane, plane], times: 0.5).values == [.greatestFiniteMagnitude])
  }
}
