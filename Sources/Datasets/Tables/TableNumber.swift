/// What the text of a cell says.
enum TableNumber: Equatable {
  case number(Double)
  case empty
  /// A number that is not finite, or beyond what 64 bits hold.
  case notFinite
  case word

  /// Reads decimal notation with an optional exponent; spellings of infinity and not-a-number are recognised
  /// as such.
  init(_ text: String) {
    if text.isEmpty {
      self = .empty
    } else if text.utf8.allSatisfy(Self.isNumeric), let value = Double(text) {
      self = value.isFinite ? .number(value) : .notFinite
    } else if Self.spellings.contains(text.lowercased().drop { $0 == "-" || $0 == "+" }) {
      self = .notFinite
    } else {
      self = .word
    }
  }

  private static let spellings: Set<Substring> = ["nan", "inf", "infinity", "na", "n/a", "null"]

  /// Whether a byte may occur in decimal notation: `Double(_:)` alone would take hexadecimal too.
  private static func isNumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
}
