import Foundation

/// Numbers as they are shown in tables, with four significant digits.
package enum DisplayNumber {
  /// The number as text: `0.1235`, `12350`, `1.235e-7`; whole numbers below a million with all their digits.
  package static func text(_ value: Double) -> String {
    if value == 0 { return "0" }
    if value == value.rounded(), abs(value) < 1e6 { return String(format: "%.0f", value) }
    // The C library rounds first and then has the right exponent.
    let parts = String(format: "%.3e", value).split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return "\(value)" }
    guard (-4..<6).contains(exponent) else { return "\(parts[0])e\(exponent)" }
    return String(format: "%.\(max(0, 3 - exponent))f", value)
  }
}
