import Foundation

extension Double {
  /// The number with a fixed count of decimals and a true minus sign.
  package func text(decimals: Int) -> String {
    let digits = String(format: "%.\(decimals)f", abs(self))
    let isZero = digits.allSatisfy { $0 == "0" || $0 == "." }
    return self < 0 && !isZero ? "−" + digits : digits
  }

  /// The number rounded to a count of significant digits; very large and very small ones as `1.2×10⁻⁷`.
  package func text(significantDigits digits: Int) -> String {
    guard self != 0, isFinite else { return self == 0 ? "0" : "\(self)" }
    // The C library rounds first and then has the right exponent: 9.996 to three digits is 1.00e+01.
    let parts = String(format: "%.\(digits - 1)e", abs(self)).split(separator: "e")
    let exponent = Int(parts[1]) ?? 0
    guard exponent >= 6 || exponent < -3 else { return text(decimals: max(0, digits - 1 - exponent)) }
    return "\(self < 0 ? "−" : "")\(parts[0])×\(Self.powerOfTen(exponent))"
  }

  /// The largest whole number `e` with ten to the power `e` at most the magnitude; zero for zero.
  package var decimalExponent: Int {
    guard self != 0, isFinite else { return 0 }
    let magnitude = abs(self)
    let exponent = Int(log10(magnitude).rounded(.down))
    // The logarithm may round across a power of ten.
    if pow(10, Double(exponent + 1)) <= magnitude { return exponent + 1 }
    return pow(10, Double(exponent)) > magnitude ? exponent - 1 : exponent
  }

  /// A power of ten as text: `10⁻⁷`.
  package static func powerOfTen(_ exponent: Int) -> String {
    let raised: [Character: Character] = [
      "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
      "9": "⁹",
    ]
    return "10" + String(String(exponent).compactMap { raised[$0] })
  }
}
