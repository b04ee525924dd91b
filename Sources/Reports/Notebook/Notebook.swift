import Foundation

/// A Jupyter notebook of the format 4.5.
public struct Notebook: Encodable, Sendable {
  /// What a cell showed when it was run.
  public struct Output: Encodable, Sendable {
    /// The content by MIME type.
    var data: [String: String]
    /// The number of the run for the value of the cell; `nil` for what it displays on the way.
    var count: Int?

    enum CodingKeys: String, CodingKey {
      case data, metadata
      case kind = "output_type"
      case count = "execution_count"
    }

    /// Writes the output as the format asks for.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(data, forKey: .data)
      try container.encode([String: String](), forKey: .metadata)
      try container.encode(count == nil ? "display_data" : "execute_result", forKey: .kind)
      try container.encodeIfPresent(count, forKey: .count)
    }
  }

  /// A cell.
  public struct Cell: Encodable, Sendable {
    /// Unique in the notebook, made of letters, digits and hyphens.
    var id: String
    /// The Markdown or Python.
    var source: String
    /// What a code cell showed; `nil` for text.
    var outputs: [Output]?
    /// The number of the run of a code cell.
    var count: Int?

    enum CodingKeys: String, CodingKey {
      case id, source, outputs, metadata
      case kind = "cell_type"
      case count = "execution_count"
    }

    /// Writes the cell as the format asks for.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(id, forKey: .id)
      try container.encode(Self.lines(of: source), forKey: .source)
      try container.encode([String: String](), forKey: .metadata)
      try container.encode(outputs == nil ? "markdown" : "code", forKey: .kind)
      guard let outputs else { return }
      try container.encode(outputs, forKey: .outputs)
      try container.encode(count, forKey: .count)
    }

    /// The lines with their line feeds, as the format keeps texts.
    private static func lines(of text: String) -> [String] {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      return lines.enumerated().map { $0.offset == lines.count - 1 ? $0.element : $0.element + "\n" }
        .filter { !$0.isEmpty }
    }
  }

  /// What the format calls the language of the cells.
  private static let metadata = [
    "kernelspec": ["display_name": "Python 3", "language": "python", "name": "python3"],
    "language_info": ["name": "python"],
  ]

  /// The cells from the top.
  private(set) var cells: [Cell] = []

  enum CodingKeys: String, CodingKey {
    case cells, metadata, nbformat
    case minor = "nbformat_minor"
  }

  /// Writes the notebook as the format asks for.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(cells, forKey: .cells)
    try container.encode(Self.metadata, forKey: .metadata)
    try container.encode(4, forKey: .nbformat)
    try container.encode(5, forKey: .minor)
  }

  /// Adds a text.
  mutating func markdown(_ source: String) {
    cells.append(Cell(id: nextID("text"), source: source, outputs: nil, count: nil))
  }

  /// Adds code with what it showed.
  ///
  /// - Parameters:
  ///   - source: The Python.
  ///   - displayed: What it displays on the way.
  ///   - value: The value of its last line, when that is shown.
  mutating func code(
    _ source: String, displaying displayed: [[String: String]] = [], value: [String: String]? = nil
  ) {
    let number = cells.count { $0.outputs != nil } + 1
    var outputs = displayed.map { Output(data: $0, count: nil) }
    if let value { outputs.append(Output(data: value, count: number)) }
    cells.append(Cell(id: nextID("code"), source: source, outputs: outputs, count: number))
  }

  private func nextID(_ kind: String) -> String { "\(kind)-\(cells.count + 1)" }

  /// The notebook as JSON with sorted keys: the same notebook gives the same bytes.
  func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}
