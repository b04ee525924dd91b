import Figures
import Testing

@Suite struct OKLabTests {
  /// Values published with the definition of the space, to the digits of its single-precision constants.
  @Test(arguments: [
    (Color(red: 1, green: 1, blue: 1), OKLab(lightness: 1, a: 0, b: 0)),
    (Color(red: 0, green: 0, blue: 0), OKLab(lightness: 0, a: 0, b: 0)),
    (Color(red: 1, green: 0, blue: 0), OKLab(lightness: 0.62796, a: 0.22486, b: 0.12585)),
    (Color(red: 0, green: 1, blue: 0), OKLab(lightness: 0.86644, a: -0.23389, b: 0.17950)),
    (Color(red: 0, green: 0, blue: 1), OKLab(lightness: 0.45201, a: -0.03246, b: -0.31153)),
  ])
  func agreesWithPublishedValues(color: Color, expected: OKLab) {
    #expect(OKLab(color).distance(to: expected) < 2e-5)
  }

  @Test(arguments: [0x00_00_00, 0xFF_FF_FF, 0x12_34_56, 0xC0_FF_EE, 0x80_00_7F] as [UInt32])
  func returnsToTheSameEightBits(packed: UInt32) {
    let color = Color(
      red: Double(packed >> 16 & 255) / 255, green: Double(packed >> 8 & 255) / 255,
      blue: Double(packed & 255) / 255)
    #expect(OKLab(color).color.packed == packed)
  }

  @Test func chromaAndHueArePolar() {
    // Hue 90 degrees points along b, 180 along minus a.
    #expect(
      OKLab(lightness: 0.5, chroma: 0.1, hue: 90).distance(to: OKLab(lightness: 0.5, a: 0, b: 0.1)) < 1e-12)
    #expect(
      OKLab(lightness: 0.5, chroma: 0.1, hue: 180).distance(to: OKLab(lightness: 0.5, a: -0.1, b: 0)) < 1e-12)
  }

  @Test func blendingMovesInAStraightLine() {
    let mixed = Color(grey: 1).blended(with: Color(red: 0, green: 0.5, blue: 1), opacity: 0.5)
    #expect(mixed == Color(red: 0.5, green: 0.75, blue: 1))
  }
}
