import Foundation

/// A JSON value whose form is not known beforehand.
package enum JSONValue: Sendable, Equatable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// Parses a text; the infinities and NaN that Python writes are accepted.
  package init(parsing text: String) throws {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    self = try decoder.decode(JSONValue.self, from: Data(text.utf8))
  }

  /// What it is, for messages: `the text 'same'`, `the list [1, 2]`, `a list of 9`, `nothing`.
  package var summary: String {
    switch self {
    case .null: "nothing"
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let value): "the text '\(value.prefix(60))'"
    case .array(let values) where values.count > 4: "a list of \(values.count)"
    case .array(let values):
      "the list [\(values.map { $0.elements == nil ? $0.summary : "a list" }.joined(separator: ", "))]"
    case .object: "an object"
    }
  }
}

extension JSONValue: Decodable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    // A wrong guess costs an error, so frequent kinds come first.
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([String: JSONValue].self) {
      self = .object(value)
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else {
      self = .array(try container.decode([JSONValue].self))
    }
  }
}

extension JSONValue {
  /// The member of an object, or `nil` when it is absent or null.
  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self, let value = members[key], value != .null else { return nil }
    return value
  }

  /// The elements of a list.
  package var elements: [JSONValue]? {
    if case .array(let values) = self { values } else { nil }
  }

  /// The members of an object.
  package var members: [String: JSONValue]? {
    if case .object(let values) = self { values } else { nil }
  }

  /// The text.
  package var text: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// The whole number.
  package var wholeNumber: Int? {
    switch self {
    case .integer(let value): value
    case .number(let value) where value == value.rounded() && abs(value) < 1e15: Int(value)
    default: nil
    }
  }

  /// The number.
  package var realNumber: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The truth value.
  package var truth: Bool? {
    if case .boolean(let value) = self { value } else { nil }
  }
}
