import TensorCore
import Testing

@Suite struct InterpolationTests {
  /// Interpolation x extents of up to three axes.
  static let resizes: [(Interpolation, [Int], [Int])] = Interpolation.allCases.flatMap { interpolation in
    [
      ([5], [13]), ([13], [5]), ([1], [4]), ([4], [1]), ([7], [7]), ([2], [3]), ([3, 4], [6, 2]),
      ([1, 6], [1, 9]),
      ([2, 3, 4], [3, 7, 2]),
    ].map { (interpolation, $0.0, $0.1) }
  }

  @Test(arguments: resizes)
  func everyAxisEqualsTheFormula(_ interpolation: Interpolation, _ from: [Int], _ to: [Int]) {
    var draw = Draw(seed: from.reduce(7) { $0 * 31 + $1 })
    let input = draw.numbers(Shape(batch: 2, spatial: from, channels: 3))
    var extents = input.shape.extents
    var expected = input.values.map { Double($0) }
    for (axis, extent) in to.enumerated() {
      expected = NaiveResampling.lines(of: expected, extents, along: axis + 1, to: extent) {
        NaiveResampling.resize($0, to: extent, by: interpolation)
      }
      extents[axis + 1] = extent
    }
    let found = input.resized(to: to, by: interpolation)
    #expect(found.shape == Shape(extents))
    #expect(largestError(found, expected) < 1e-6)
  }

  /// Centres of four cells over two: -1/4, 1/4, 3/4, 5/4; the outer two are clamped to the ends.
  @Test func linearOnHalfPixelCentres() {
    #expect(resized([0, 1], to: 4, by: .linear) == [0, 0.25, 0.75, 1])
  }

  @Test func nearestTakesTheCellOfTheCentre() {
    // Centres of five cells over three, in cells: 0.3, 0.9, 1.5, 2.1, 2.7.
    #expect(resized([1, 2, 3], to: 5, by: .nearest) == [1, 1, 2, 3, 3])
    #expect(resized([1, 2, 3, 4], to: 2, by: .nearest) == [2, 4])
  }

  /// `scipy.ndimage.zoom((0, 1, 0), 2)` and `zoom((0, 0, 1, 1, 0), 4)`, printed to three digits.
  @Test func theCubicSplineIsThatOfSciPy() {
    let six = resized([0, 1, 0], to: 6, by: .cubicSpline)
    for (found, expected) in zip(six, [Float]([0, 0.352, 0.896, 0.896, 0.352, 0])) {
      #expect(abs(found - expected) < 1e-3)
    }
    let twenty = resized([0, 0, 1, 1, 0], to: 20, by: .cubicSpline)
    #expect(abs((twenty.max() ?? 0) - 1.228) < 1e-3)
    #expect(abs((twenty.min() ?? 0) + 0.079) < 1e-3)
  }

  /// The pole to the power of the length is below the smallest number: the start of the recursion must not become NaN.
  @Test func aLongLineKeepsItsValuesThroughTheSpline() {
    let line = (0..<1500).map { Float($0 % 7) }
    let fine = resized(line, to: 2999, by: .cubicSpline)
    for index in line.indices { #expect(abs(fine[2 * index] - line[index]) < 1e-5) }
  }

  @Test(arguments: Interpolation.allCases)
  func anAxisThatKeepsItsExtentKeepsItsBits(_ interpolation: Interpolation) {
    var draw = Draw(seed: 3)
    let input = draw.numbers([1, 6, 5, 2])
    #expect(input.resized(to: [6, 5], by: interpolation) == input)
  }

  private func resized(_ line: [Float], to extent: Int, by interpolation: Interpolation) -> [Float] {
    Tensor([1, line.count, 1], line).resized(to: [extent], by: interpolation).values
  }
}
