import Foundation

/// What the manifest of a run says, of any version: what it leaves out is empty.
public struct RunManifest: Sendable, Equatable, Decodable {
  /// A metric with its parameters.
  public struct Metric: Sendable, Equatable, Decodable {
    /// The identifier in tables.
    public var id: String
    /// The name that papers use.
    public var name: String
    /// Whether larger values are better; `nil` when the manifest does not say.
    public var higherIsBetter: Bool?
    /// What it measures.
    public var family: String
    /// The parameters by name.
    public var parameters: [String: String]

    enum CodingKeys: CodingKey { case id, name, direction, family, parameters }

    /// Reads a metric; whatever but its identifier may be missing.
    public init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      id = try values.decode(String.self, forKey: .id)
      name = try values.decodeIfPresent(String.self, forKey: .name) ?? id
      switch try values.decodeIfPresent(String.self, forKey: .direction) {
      case "higher": higherIsBetter = true
      case "lower": higherIsBetter = false
      default: higherIsBetter = nil
      }
      family = try values.decodeIfPresent(String.self, forKey: .family) ?? ""
      parameters = try values.decodeIfPresent([String: AnyText].self, forKey: .parameters).texts
    }
  }

  /// The version of SignalLens.
  public var version: String
  /// The command line.
  public var commandLine: [String]
  /// When the run was, where the manifest says so.
  public var date: String?
  /// Every option with its resolved value.
  public var options: [String: String]
  /// The model.
  public var model: Manifest.File?
  /// The inputs.
  public var inputs: [Manifest.File]
  /// The methods.
  public var methods: [Manifest.Method]
  /// The metrics of an evaluation.
  public var metrics: [Metric]
  /// The seed of random methods.
  public var seed: Int?
  /// The number of items.
  public var items: Int?

  enum CodingKeys: CodingKey {
    case version, commandLine, date, options, model, inputs, methods, metrics, seed, items
  }

  /// Reads a manifest; every part of it may be missing.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    version = try values.decodeIfPresent(String.self, forKey: .version) ?? ""
    commandLine = try values.decodeIfPresent([String].self, forKey: .commandLine) ?? []
    date = try values.decodeIfPresent(String.self, forKey: .date)
    options = try values.decodeIfPresent([String: AnyText].self, forKey: .options).texts
    model = try values.decodeIfPresent(Manifest.File.self, forKey: .model)
    inputs = try values.decodeIfPresent([Manifest.File].self, forKey: .inputs) ?? []
    methods = try values.decodeIfPresent([Manifest.Method].self, forKey: .methods) ?? []
    metrics = try values.decodeIfPresent([Metric].self, forKey: .metrics) ?? []
    seed = try values.decodeIfPresent(Int.self, forKey: .seed)
    items = try values.decodeIfPresent(Int.self, forKey: .items)
  }

  /// Reads the manifest in a file.
  ///
  /// - Parameter path: The file.
  /// - Throws: `ReportError` when it cannot be read or is not a manifest.
  public init(contentsOf path: String) throws(ReportError) {
    let bytes = try TableContents.bytes(of: path)
    do {
      self = try JSONDecoder().decode(RunManifest.self, from: bytes)
    } catch {
      throw .badManifest(path: path, reason: Self.reason(error))
    }
  }

  private static func reason(_ error: any Error) -> String {
    func place(_ context: DecodingError.Context) -> String {
      context.codingPath.isEmpty
        ? "the whole file" : "'" + context.codingPath.map(\.stringValue).joined(separator: ".") + "'"
    }
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      return "\(place(context)) has no '\(key.stringValue)'"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      return "\(place(context)) is of another kind than expected"
    default: return "it is not JSON"
    }
  }

  /// The command line as it can be pasted into a shell, with the program's name alone.
  public var commandText: String {
    guard let program = commandLine.first else { return "" }
    let words = [(program as NSString).lastPathComponent] + commandLine.dropFirst()
    return words.map(Self.quoted).joined(separator: " ")
  }

  /// A word as a shell reads it back.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-_./=,:@%+".utf8.contains(byte)
    }
    return isPlain && !word.isEmpty ? word : "'" + word.replacing(scalar: "'", with: "'\\''") + "'"
  }
}

/// A text, number or truth value of JSON, as text.
private struct AnyText: Decodable {
  let text: String

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let text = try? value.decode(String.self) {
      self.text = text
    } else if let flag = try? value.decode(Bool.self) {
      text = "\(flag)"
    } else if let whole = try? value.decode(Int.self) {
      text = "\(whole)"
    } else {
      text = "\(try value.decode(Double.self))"
    }
  }
}

extension [String: AnyText]? {
  fileprivate var texts: [String: String] { (self ?? [:]).mapValues(\.text) }
}
