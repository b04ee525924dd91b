/// A colour in sRGB, each component from 0 to 1.
public struct Color: Sendable, Hashable {
  /// The share of red.
  public var red: Double
  /// The share of green.
  public var green: Double
  /// The share of blue.
  public var blue: Double

  /// Creates a colour from its components, each from 0 to 1.
  public init(red: Double, green: Double, blue: Double) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// A grey.
  package init(grey: Double) { self.init(red: grey, green: grey, blue: grey) }

  /// The colour as `0x00RRGGBB`, each component rounded to 8 bits.
  package var packed: UInt32 {
    func eightBits(_ component: Double) -> UInt32 { UInt32((min(max(component, 0), 1) * 255).rounded()) }
    return eightBits(red) << 16 | eightBits(green) << 8 | eightBits(blue)
  }

  /// The relative brightness as the eye weighs it, from 0 to 1 (weights of ITU-R BT.709).
  package var luma: Double { 0.2126 * red + 0.7152 * green + 0.0722 * blue }

  /// This colour with another laid over it.
  package func blended(with other: Color, opacity: Double) -> Color {
    Color(
      red: red + (other.red - red) * opacity, green: green + (other.green - green) * opacity,
      blue: blue + (other.blue - blue) * opacity)
  }
}
