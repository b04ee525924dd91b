import Explainers
import Figures
import Testing

@Suite struct ColorScaleTests {
  private func scale(
    _ values: [Float], _ preset: ColorPreset, _ limit: ColorLimit = .automatic, mayCut: Bool = true
  ) -> ColorScale {
    ColorScale(of: values, preset: preset, limit: limit, mayCut: mayCut)
  }

  @Test func signedScalesReachTheLargestMagnitudeOnBothSides() {
    let scale = scale([-3, 0, 1], .signed)
    #expect(scale.range == -3...3)
    #expect(scale.color(of: 0) == ColorMap.signed.color(at: 0.5))
    #expect(scale.color(of: -3) == ColorMap.signed.color(at: 0))
    #expect(scale.strength(of: 1.5) == 0.5)
    #expect(scale.isOpen == (false, false))
    #expect(scale.note == nil)
  }

  @Test func signedScalesStayCentredWithoutNegativeValues() {
    #expect(scale([0, 2], .signed).range == -2...2)
  }

  @Test func nonNegativeScalesStartAtZero() {
    let scale = scale([0.5, 2], .nonNegative)
    #expect(scale.range == 0...2)
    #expect(scale.color(of: 2) == ColorMap.nonNegative.color(at: 1))
  }

  @Test func relativeScalesGoFromTheLowestToTheHighestValue() {
    let scale = scale([-4, -1, 2], .relative)
    #expect(scale.range == -4...2 && scale.preset == .relative)
    #expect(scale.color(of: -4) == ColorMap.nonNegative.color(at: 0))
    #expect(scale.tint(of: -1) == ColorMap.nonNegative.color(at: 0.5))
    #expect(scale.strength(of: -1) == 0.5)
    #expect(scale.note == "colours go from the lowest to the highest value; zero has no meaning here")
    // A level map compares nothing.
    #expect(self.scale([3, 3], .relative).range == 0...3)
  }

  @Test func aLittleOvershootBelowZeroIsTheOpenEndOfANonNegativeScale() {
    // Less than a tenth of the largest value counts as overshoot.
    let scale = scale([-0.09, 1], .nonNegative)
    #expect(scale.range == 0...1)
    #expect(scale.isOpen == (true, false))
  }

  @Test func moreThanOvershootIsShownAsASign() {
    #expect(scale([-0.2, 1], .nonNegative).range == -1...1)
  }

  @Test(arguments: [ColorPreset.signed, .nonNegative])
  func zerosHaveTheColourOfZero(preset: ColorPreset) {
    let scale = scale([0, 0, 0], preset)
    #expect(scale.isZero)
    #expect(scale.strength(of: 0) == 0)
    #expect(
      scale.color(of: 0)
        == (preset == .signed ? ColorMap.signed.color(at: 0.5) : ColorMap.nonNegative.color(at: 0)))
  }

  @Test(arguments: [
    // |v| sorted: 0 1 2 3 4. Percentile 50 is at place 2, percentile 90 at place 3.6: 3 + 0.6.
    (50.0, 2.0), (90, 3.6), (100, 4), (25, 1),
  ])
  func percentilesAreLinearBetweenNeighbours(percentile: Double, expected: Double) {
    #expect(abs(ColorScale.percentile(percentile, ofMagnitudes: [-4, 1, 0, -2, 3]) - expected) < 1e-12)
  }

  @Test func automaticLimitCutsOutliersOfLargeMapsAndSaysSo() {
    // 4000 values of magnitude 1, ten of magnitude 5: 99.5 % of 4010 lie below 5.
    let values = [Float](repeating: -1, count: 4000) + [Float](repeating: 5, count: 10)
    let scale = scale(values, .signed)
    #expect(scale.range == -1...1)
    #expect(scale.isOpen == (false, true))
    #expect(scale.note == "colours end at percentile 99.5 of the magnitude (largest 5.00)")
  }

  @Test func automaticLimitKeepsSmallMapsCurvesAndRealSpots() {
    let outliers = [Float](repeating: -1, count: 4000) + [Float](repeating: 5, count: 10)
    #expect(scale(outliers, .signed, mayCut: false).range == -5...5)
    #expect(scale(Array(outliers.suffix(1000)), .signed).range == -5...5)
    #expect(scale(outliers, .signed, .largest).range == -5...5)
    // Ten spots over noise a thousand times weaker are the map, not outliers of it.
    let spots = [Float](repeating: 0.001, count: 4000) + [Float](repeating: 1, count: 10)
    #expect(scale(spots, .nonNegative).range == 0...1)
  }

  @Test func aGivenPercentileHoldsForEveryMap() {
    let scale = scale([1, 2, 3, 4, 5], .nonNegative, .percentile(50), mayCut: false)
    #expect(scale.range == 0...3)
    #expect(scale.isOpen == (false, true))
    #expect(scale.note == "colours end at percentile 50 of the magnitude (largest 5.00)")
  }

  @Test func aPercentileOfZeroFallsBackToTheLargest() {
    #expect(scale([0, 0, 0, 0, 7], .nonNegative, .percentile(50)).range == 0...7)
  }

  @Test func extremeValuesHaveColours() {
    let large = Float.greatestFiniteMagnitude
    let scale = scale([-large, 0, large], .signed)
    #expect(scale.color(of: large) == ColorMap.signed.color(at: 1))
    #expect(scale.color(of: 0) == ColorMap.signed.color(at: 0.5))
    let tiny = Float.leastNonzeroMagnitude
    #expect(self.scale([tiny], .nonNegative).color(of: tiny) == ColorMap.nonNegative.color(at: 1))
  }
}
