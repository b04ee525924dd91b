import Explainers
import Foundation
import Scoring

/// What was run: enough to run it again and to check that nothing has changed.
public struct Manifest: Codable, Sendable, Equatable {
  /// A file with the checksum of its content.
  public struct File: Codable, Sendable, Equatable {
    /// The path as it was given.
    public var path: String
    /// SHA-256 of the content in hexadecimal.
    public var sha256: String

    /// Creates an entry.
    public init(path: String, sha256: String) {
      self.path = path
      self.sha256 = sha256
    }
  }

  /// A method with its resolved parameters.
  public struct Method: Codable, Sendable, Equatable {
    /// The identifier in the catalogue.
    public var id: String
    /// The parameters by name.
    public var parameters: [String: String]
    /// The passes along a path for all items, for methods that choose their number themselves.
    public var passes: Int?
    /// What a user should know about how the maps came about, in sentences.
    public var notes: [String]

    /// Creates an entry.
    public init(id: String, parameters: [String: String], passes: Int? = nil, notes: [String] = []) {
      self.id = id
      self.parameters = parameters
      self.passes = passes
      self.notes = notes
    }

    /// The method of an explanation, with its parameters as they were resolved.
    public init(of attribution: Attribution) {
      let parameters = attribution.parameters.map { ($0.name, $0.value) }
      self.init(
        id: attribution.method, parameters: Dictionary(parameters) { first, _ in first },
        passes: attribution.passes, notes: attribution.notes)
    }

    /// The same method for more items: passes add up, notes are listed once.
    public mutating func join(_ other: Method) {
      if let more = other.passes { passes = (passes ?? 0) + more }
      notes += other.notes.filter { !notes.contains($0) }
    }
  }

  /// A metric with its resolved parameters.
  public struct Metric: Codable, Sendable, Equatable {
    /// The identifier in the catalogue.
    public var id: String
    /// The name that papers use.
    public var name: String
    /// What it asks for.
    public var family: String
    /// Which values are better: `higher` or `lower`.
    public var direction: String
    /// The parameters by name.
    public var parameters: [String: String]

    /// The entry of a metric.
    public init(of metric: any AttributionMetric) {
      let info = type(of: metric).info
      id = info.id
      name = info.name
      family = info.family.rawValue
      direction = info.direction.rawValue
      parameters = Dictionary(metric.parameters.map { ($0.name, $0.value) }) { first, _ in first }
    }
  }

  /// The version of SignalLens.
  public var version: String
  /// The command line.
  public var commandLine: [String]
  /// Every option with its resolved value.
  public var options: [String: String]
  /// The model.
  public var model: File
  /// The inputs.
  public var inputs: [File]
  /// The methods.
  public var methods: [Method]
  /// The metrics of an evaluation; nothing for other runs.
  public var metrics: [Metric]?
  /// The seed of random methods.
  public var seed: UInt32
  /// The number of items that were explained.
  public var items: Int

  /// Creates a manifest.
  public init(
    version: String, commandLine: [String], options: [String: String], model: File, inputs: [File],
    methods: [Method], seed: UInt32, items: Int
  ) {
    self.version = version
    self.commandLine = commandLine
    self.options = options
    self.model = model
    self.inputs = inputs
    self.methods = methods
    self.seed = seed
    self.items = items
  }

  /// The manifest as JSON, keys sorted.
  ///
  /// - Throws: What the encoder throws.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}
