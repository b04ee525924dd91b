import Foundation

/// Makes the SVG that cairo writes reproducible and readable to machines.
package enum SVGDocument {
  /// A document with identifiers counted from 1 and with a title and a description.
  ///
  /// Cairo counts surfaces over the life of the process and writes the count into identifiers; and it writes text as
  /// outlines, which neither a search nor a screen reader finds.
  ///
  /// - Parameters:
  ///   - bytes: The document as cairo writes it.
  ///   - title: The content of the `title` element, not yet escaped.
  ///   - summary: The content of the `desc` element, not yet escaped.
  /// - Returns: The document to write.
  package static func stable(_ bytes: Data, title: String, summary: String) -> Data {
    guard let root = bytes.range(of: Data("<svg ".utf8)),
      let end = bytes[root.upperBound...].firstIndex(of: UInt8(ascii: ">"))
    else { return bytes }
    let words = "\n<title>\(escaped(title))</title>\n<desc>\(escaped(summary))</desc>"
    var renaming = Renaming()
    return bytes[...end] + Data(words.utf8) + renaming.applied(to: bytes[(end + 1)...])
  }

  /// Text as XML character data.
  package static func escaped(_ text: String) -> String {
    // By scalars: a letter with a combining mark is one character and would hide a "<" under it.
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}

/// New identifiers in the order in which the old ones appear.
private struct Renaming {
  private var numbers: [Data: Int] = [:]

  /// Elements with the identifiers in all their attributes replaced.
  ///
  /// Goes from quotation mark to quotation mark, which passes over the pixels of images at once.
  mutating func applied(to elements: Data) -> Data {
    var result = Data(capacity: elements.count)
    var rest = elements
    while let opening = rest.firstIndex(of: Self.mark),
      let closing = rest[(opening + 1)...].firstIndex(of: Self.mark)
    {
      result += rest[...opening]
      result += renamed(rest[(opening + 1)..<closing], after: rest[..<opening])
      result.append(Self.mark)
      rest = rest[(closing + 1)...]
    }
    return result + rest
  }

  private static let mark = UInt8(ascii: "\"")
  private static let url = Data("url(#".utf8)
  /// Longer values are paths and pixels.
  private static let longestWithReference = 1000

  private mutating func renamed(_ value: Data, after name: Data) -> Data {
    if name.suffix(4) == Data(" id=".utf8) { return identifier(value) }
    if name.suffix(5) == Data("href=".utf8), value.first == UInt8(ascii: "#") {
      return Data("#".utf8) + identifier(value.dropFirst())
    }
    guard value.count <= Self.longestWithReference, let start = value.range(of: Self.url),
      let end = value[start.upperBound...].firstIndex(of: UInt8(ascii: ")"))
    else { return value }
    return value[..<start.upperBound] + identifier(value[start.upperBound..<end]) + value[end...]
  }

  private mutating func identifier(_ old: Data) -> Data {
    let number = numbers[old] ?? numbers.count + 1
    numbers[old] = number
    return Data("n\(number)".utf8)
  }
}
