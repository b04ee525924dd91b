import Figures
import Foundation
import Testing

@Suite struct ColorMapTests {
  static let maps: [(String, ColorMap)] = [
    ("signed", .signed), ("non-negative", .nonNegative), ("non-negative on paper", .nonNegativeOnPaper),
    ("grey", .grey),
  ]
  static let steps = (0...100).map { Double($0) / 100 }

  @Test(arguments: maps) func controlPointsCanBeShownOnAScreen(name: String, map: ColorMap) {
    for point in map.controlPoints {
      let (red, green, blue) = point.linearComponents
      for component in [red, green, blue] {
        #expect((-1e-3...1.001).contains(component), "\(name): \(point)")
      }
    }
  }

  @Test(arguments: maps) func controlPointsHaveEqualStepsOfLightness(name: String, map: ColorMap) {
    let steps = zip(map.controlPoints, map.controlPoints.dropFirst()).map { abs($1.lightness - $0.lightness) }
    for step in steps { #expect(abs(step - steps[0]) < 1e-3, "\(name)") }
  }

  @Test(arguments: [(ColorMap.nonNegative, 1.0), (.nonNegativeOnPaper, -1), (.grey, -1)])
  func lightnessIsMonotone(map: ColorMap, direction: Double) {
    let lightness = Self.steps.map { OKLab(map.color(at: $0)).lightness }
    for (near, far) in zip(lightness, lightness.dropFirst()) { #expect((far - near) * direction > 0.001) }
  }

  @Test func signedArmsGrowDarkerAlike() {
    for step in 1...50 {
      let distance = Double(step) / 100
      let below = OKLab(ColorMap.signed.color(at: 0.5 - distance)).lightness
      let above = OKLab(ColorMap.signed.color(at: 0.5 + distance)).lightness
      let nearer = OKLab(ColorMap.signed.color(at: 0.5 + distance - 0.01)).lightness
      #expect(abs(below - above) < 0.01)
      #expect(above < nearer)
    }
  }

  @Test func signedCentreIsANeutralNearWhite() {
    let centre = ColorMap.signed.color(at: 0.5)
    #expect(abs(centre.red - centre.green) < 0.002 && abs(centre.green - centre.blue) < 0.002)
    #expect(OKLab(centre).lightness > 0.95)
  }

  @Test func signedEndsAreRedAndBlue() {
    let (low, high) = (ColorMap.signed.color(at: 0), ColorMap.signed.color(at: 1))
    #expect(high.red > high.green + 0.3 && high.red > high.blue + 0.3)
    #expect(low.blue > low.red + 0.3 && low.blue > low.green + 0.15)
  }

  @Test func stepsLookAboutEquallyLarge() {
    let colors = Self.steps.map { OKLab(ColorMap.nonNegative.color(at: $0)) }
    let distances = zip(colors, colors.dropFirst()).map { $0.distance(to: $1) }.sorted()
    #expect(distances[distances.count - 1] < 3 * distances[0])
  }

  /// Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity
  /// 1, on linear light.
  static let deficiencies: [(String, [[Double]])] = [
    (
      "protanopia",
      [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    (
      "deuteranopia",
      [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    (
      "tritanopia",
      [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
  ]

  @Test(arguments: deficiencies) func stayReadableWithColourVisionDeficiency(name: String, matrix: [[Double]])
  {
    func seen(_ color: Color) -> OKLab {
      let (red, green, blue) = OKLab(color).linearComponents
      let linear = matrix.map { min(max($0[0] * red + $0[1] * green + $0[2] * blue, 0), 1) }
      func encoded(_ value: Double) -> Double {
        value <= 0.0031308 ? 12.92 * value : 1.055 * pow(value, 1 / 2.4) - 0.055
      }
      return OKLab(Color(red: encoded(linear[0]), green: encoded(linear[1]), blue: encoded(linear[2])))
    }
    // 0.02 is about the smallest difference that is seen side by side.
    for distance in [0.1, 0.25, 0.5] {
      let below = seen(ColorMap.signed.color(at: 0.5 - distance))
      let above = seen(ColorMap.signed.color(at: 0.5 + distance))
      #expect(below.distance(to: above) > 0.06 + 0.2 * distance, "\(name) at \(distance)")
    }
    let lightness = Self.steps.map { seen(ColorMap.nonNegative.color(at: $0)).lightness }
    for (near, far) in zip(lightness, lightness.dropFirst()) { #expect(far > near, "\(name)") }
  }

  @Test func whatLiesOutsideHasTheColourOfAnEnd() {
    #expect(ColorMap.signed.color(at: -3) == ColorMap.signed.color(at: 0))
    #expect(ColorMap.signed.color(at: .infinity) == ColorMap.signed.color(at: 1))
    #expect(ColorMap.signed.color(at: .nan) == ColorMap.signed.color(at: 0))
  }
}
