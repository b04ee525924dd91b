/// The natural logarithm of a positive normal number, rounded to the nearest `Double`.
///
/// Mathematics libraries differ in the last bit of about one logarithm in a thousand; a stream of random
/// numbers must not.
///
///     x = m 2^e,  sqrt(1/2) <= m < sqrt(2),  s = (m - 1) / (m + 1)
///     ln x = e ln 2 + 2 s (1 + s^2 / 3 + s^4 / 5 + ...)
///
/// Terms from s^14 on are summed as `Double`, the others as unevaluated sums of two: the relative error
/// before the final rounding is below 2^-90, so that a wrong rounding is to be expected once in 2^36 random
/// arguments.
package func correctlyRoundedLogarithm(_ x: Double) -> Double {
  precondition(x.isNormal && x > 0, "the logarithm needs a positive normal number, not \(x)")
  var exponent = Double(x.exponent)
  var significand = x.significand
  if significand > 2.0.squareRoot() {
    significand /= 2
    exponent += 1
  }
  // Both sums are exact: |m - 1| has no more bits than m, and m + 1 is held in two parts.
  let s = DoubleDouble(significand - 1) / DoubleDouble(sumOf: 1, significand)
  let square = s * s

  var tail = 0.0
  for coefficient in tailCoefficients { tail = tail * square.high + coefficient }
  var series = DoubleDouble(tail)
  for coefficient in leadingCoefficients { series = series * square + coefficient }
  let mantissaPart = DoubleDouble(2) * s * series
  return (DoubleDouble(exponent) * .logarithmOfTwo + mantissaPart).high
}

/// The coefficients 1/45, 1/43 to 1/15 of the terms that are summed as `Double`.
private let tailCoefficients = (7...22).reversed().map { 1 / Double(2 * $0 + 1) }

/// The coefficients 1/13, 1/11 to 1 of the others.
private let leadingCoefficients = (0...6).reversed().map { term in
  DoubleDouble(1) / DoubleDouble(Double(2 * term + 1))
}
