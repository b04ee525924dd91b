import Foundation
import Mustache

/// The templates of the page, which the build puts into the program.
enum PageTemplates {
  /// Makes any text harmless in HTML, in elements and in attributes.
  ///
  /// By scalars: a letter with a combining mark is one `Character`, which would hide a `<` or a quotation mark under it.
  private struct Markup: MustacheContentType {
    func escapeText(_ text: String) -> String { text.markupEscaped }
  }

  /// All templates by the names that they call each other by.
  ///
  /// - Throws: `ReportError.badTemplate` when one does not parse.
  static func library() throws(ReportError) -> MustacheLibrary {
    MustacheContentTypes.register(Markup(), named: "MARKUP")
    var library = MustacheLibrary()
    let templates = [
      ("page", PackageResources.page_mustache), ("item", PackageResources.item_mustache),
      ("table", PackageResources.table_mustache),
    ]
    for (name, bytes) in templates {
      do {
        try library.register(String(decoding: bytes, as: UTF8.self), named: name)
      } catch {
        throw .badTemplate(name: name, reason: "\(error)")
      }
    }
    return library
  }

  /// The style sheet.
  static var style: String { String(decoding: PackageResources.report_css, as: UTF8.self) }

  /// The program of the page.
  static var script: String { String(decoding: PackageResources.report_js, as: UTF8.self) }
}

extension String {
  /// The text with what means something in HTML written as character references, and control characters replaced.
  var markupEscaped: String {
    unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case _ where scalar.properties.generalCategory == .control: result += "\u{fffd}"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}

extension Encodable {
  /// The value as JSON that can stand in a `script` element: keys sorted, no `<`.
  func scriptText() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self).replacing(scalar: "<", with: "\\u003c")
  }
}
