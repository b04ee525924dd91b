/// A number of about 106 bits, held as the unevaluated sum of two `Double` values of which the first is the
/// sum rounded.
///
/// Source: T. J. Dekker, *A floating-point technique for extending the available precision*, Numerische
/// Mathematik 18 (1971). Products use the fused multiply-add.
struct DoubleDouble {
  let high: Double
  let low: Double

  /// ln 2 = 0.693147180559945309417232121458176568...
  static let logarithmOfTwo = DoubleDouble(exactly: 0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56)

  init(_ value: Double) { self.init(exactly: value, 0) }

  /// Creates a number from two parts that already are in normal form.
  private init(exactly high: Double, _ low: Double) {
    self.high = high
    self.low = low
  }

  /// The exact sum of two numbers of any magnitude.
  init(sumOf a: Double, _ b: Double) {
    let sum = a + b
    let part = sum - a
    self.init(exactly: sum, (a - (sum - part)) + (b - part))
  }

  /// The exact product of two numbers.
  init(productOf a: Double, _ b: Double) {
    let product = a * b
    self.init(exactly: product, (-product).addingProduct(a, b))
  }

  static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let high = DoubleDouble(sumOf: a.high, b.high)
    let low = DoubleDouble(sumOf: a.low, b.low)
    let middle = DoubleDouble(sumOf: high.high, high.low + low.high)
    return DoubleDouble(sumOf: middle.high, middle.low + low.low)
  }

  static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let product = DoubleDouble(productOf: a.high, b.high)
    return DoubleDouble(sumOf: product.high, product.low + (a.high * b.low + a.low * b.high))
  }

  static func / (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    // Two steps of long division; the remainder after the first is exact to the precision of the second.
    let first = a.high / b.high
    let remainder = a + DoubleDouble(-first) * b
    let second = remainder.high / b.high
    let rest = remainder + DoubleDouble(-second) * b
    return DoubleDouble(sumOf: first, second) + DoubleDouble(rest.high / b.high)
  }
}
