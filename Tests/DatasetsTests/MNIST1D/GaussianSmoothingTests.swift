import Datasets
import Testing

@Suite struct GaussianSmoothingTests {
  @Test func weightsAreThoseOfSciPy() {
    #expect(
      GaussianSmoothing().weights == [
        0.199474647864745, 0.17603575888479037, 0.12098748976534904, 0.06475993660472744,
        0.026995957967298846,
        0.00876430436278587, 0.002215963172596555, 0.0004363490205067883, 6.691628957263553e-05,
      ])
  }

  @Test func aConstantStaysAndAnImpulseShowsTheWeights() {
    let smoothing = GaussianSmoothing()
    for value in smoothing([Double](repeating: 3, count: 5)) { #expect(abs(value - 3) < 1e-15) }
    var impulse = [Double](repeating: 0, count: 21)
    impulse[10] = 1
    #expect(Array(smoothing(impulse)[10...18]) == smoothing.weights)
  }

  /// Mirrored with the end sample repeated: of a two-sample sequence `1 0` the first sample sees `...0 0 1 |
  /// 1 0 0 1 1...`.
  @Test func endsAreMirrored() {
    let smoothing = GaussianSmoothing()
    let w = smoothing.weights
    // To the right of the first sample lie 0 0 1 1 0 0 1 1, to the left 1 0 0 1 1 0 0 1.
    let expected = w[0] + w[3] + w[4] + w[7] + w[8] + w[1] + w[4] + w[5] + w[8]
    #expect(abs(smoothing([1, 0])[0] - expected) < 1e-15)
  }
}
