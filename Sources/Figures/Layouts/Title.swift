/// The words above a figure: a heading, facts about the decision and remarks, each wrapped to the width.
package struct Title: Sendable, Equatable {
  /// The name of the item; may be empty.
  let heading: String
  /// Short facts, the most important first.
  let facts: [String]
  /// What a reader must know to read the figure.
  let notes: [String]

  private static let separator = "   ·   "

  /// All words as one text.
  var summary: String { (facts + notes).joined(separator: "; ") }

  /// The lines for a figure of a width.
  func lines(width: Double) -> [TitleLine] {
    var result: [TitleLine] = []
    if !heading.isEmpty {
      let text = FigureStyle.heading.fitted(heading, to: width, keepsEnd: true)
      result.append(TitleLine(text: text, font: FigureStyle.heading, color: FigureStyle.ink))
    }
    let groups = [
      (facts, FigureStyle.subtitle, FigureStyle.text), (notes, FigureStyle.note, FigureStyle.quietText),
    ]
    for (parts, font, color) in groups {
      result += Self.wrapped(parts, font, to: width).map { TitleLine(text: $0, font: font, color: color) }
    }
    return result
  }

  /// The parts in as few lines as their order allows.
  private static func wrapped(_ parts: [String], _ font: Font, to width: Double) -> [String] {
    var lines: [String] = []
    for part in parts.map({ font.fitted($0, to: width) }) {
      if let last = lines.last, font.width(of: last + separator + part) <= width {
        lines[lines.count - 1] = last + separator + part
      } else {
        lines.append(part)
      }
    }
    return lines
  }
}

/// One line of a title with its font and grey.
struct TitleLine: Sendable {
  let text: String
  let font: Font
  let color: Color
}
