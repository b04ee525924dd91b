import Foundation

/// A piece of a text file: what may differ by rounding is told from what may not.
enum TextPiece: Equatable {
  /// Anything else, spaces in a row as one.
  case text(String)
  /// A number in decimal notation.
  case number(String)
  /// A long run of base64.
  case encoded(String)

  /// Shorter runs are words.
  private static let shortestEncoded = 40

  /// The pieces of a text.
  static func pieces(of text: String) -> [TextPiece] {
    let bytes = Array(text.utf8)
    var pieces: [TextPiece] = []
    var other: [UInt8] = []
    var place = 0
    func flush() {
      if !other.isEmpty { pieces.append(.text(String(decoding: other, as: UTF8.self))) }
      other = []
    }
    while place < bytes.count {
      let run = bytes[place...].prefix(while: isEncoded)
      if run.count >= shortestEncoded {
        flush()
        place += run.count
        let padding = bytes[place...].prefix { $0 == UInt8(ascii: "=") }
        place += padding.count
        pieces.append(.encoded(String(decoding: run + padding, as: UTF8.self)))
        continue
      }
      let length = numberLength(bytes[place...])
      if length > 0 {
        flush()
        pieces.append(.number(String(decoding: bytes[place..<(place + length)], as: UTF8.self)))
        place += length
        continue
      }
      let isRepeated = bytes[place] == UInt8(ascii: " ") && other.last == UInt8(ascii: " ")
      if !isRepeated { other.append(bytes[place]) }
      place += 1
    }
    flush()
    return pieces
  }

  private static func isEncoded(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: "/")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// The bytes of the number that a text begins with; zero when it does not.
  private static func numberLength(_ bytes: ArraySlice<UInt8>) -> Int {
    var rest = bytes
    func digits() -> Int {
      let count = rest.prefix(while: isDigit).count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    guard digits() > 0 else { return 0 }
    if rest.first == UInt8(ascii: "."), rest.dropFirst().first.map(isDigit) == true {
      rest = rest.dropFirst()
      _ = digits()
    }
    if let letter = rest.first, letter == UInt8(ascii: "e") {
      let whole = rest
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
      if digits() == 0 { rest = whole }
    }
    return bytes.count - rest.count
  }
}
