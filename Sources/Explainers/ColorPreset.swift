/// How the values of a map are to be coloured.
public enum ColorPreset: String, Sendable {
  /// Values of both signs around a meaningful zero: a diverging scale centred at zero.
  case signed
  /// Values from zero upwards: a perceptually uniform scale from zero to the maximum.
  case nonNegative
  /// Values that compare positions with each other, with no meaning in zero: a perceptually uniform scale from the lowest to the highest.
  case relative
}
