import Figures
import Testing

@Suite struct FontTests {
  let font = Font(size: 10)

  @Test func widthsGrowWithTextAndSize() {
    let one = font.width(of: "attribution")
    #expect(one > 30 && one < 80)
    #expect(abs(font.width(of: "attributionattribution") - 2 * one) < 1e-6)
    #expect(abs(Font(size: 20).width(of: "attribution") - 2 * one) < 0.01)
    #expect(Font(size: 10, bold: true).width(of: "attribution") > one)
  }

  @Test func whatFitsIsKept() {
    #expect(font.fitted("Größe Ωμέγα", to: 200) == "Größe Ωμέγα")
    #expect(font.fitted("", to: 10) == "")
  }

  @Test(arguments: [30.0, 55, 100, 400], [10, 100, 399, 400, 401, 100_000])
  func longTextIsShortened(width: Double, length: Int) {
    let text = String(String(repeating: "abcdefghi ", count: length / 10 + 1).prefix(length))
    let fitted = font.fitted(text, to: width)
    #expect(font.width(of: fitted) <= width)
    #expect(fitted == text || fitted.hasSuffix("…"))
    if fitted != text { #expect(text.hasPrefix(fitted.dropLast())) }
  }

  @Test func theMiddleIsLeftOutWhereTheEndMatters() {
    let fitted = font.fitted("14892_CRC-Prim-HE-03_012.tif_Row_4051_Col_1651", to: 120, keepsEnd: true)
    #expect(fitted.hasPrefix("14892_") && fitted.hasSuffix("_1651") && fitted.contains("…"))
    #expect(font.width(of: fitted) <= 120)
  }

  @Test func theEllipsisRemainsWhenNothingFits() {
    #expect(font.fitted("abc", to: 1) == "…")
  }

  @Test func controlCharactersBecomeSpaces() {
    #expect("a\nb\tc\u{0}d\u{2028}e\u{FFFE}f".printable == "a b c d e f")
    #expect("Größe & <Ω>".printable == "Größe & <Ω>")
  }
}
