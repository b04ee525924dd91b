import Explainers

/// What the catalogue says of a metric.
public struct MetricInfo: Sendable, Equatable {
  /// Which values are better.
  public enum Direction: String, Sendable, CaseIterable {
    /// The larger, the better.
    case higher
    /// The smaller, the better.
    case lower
  }

  /// What a metric asks for.
  public enum Family: String, Sendable, CaseIterable {
    /// What becomes of the score when only what the map shows is kept, or it is taken away.
    case confidence
    /// Whether the map lies where the true evidence is.
    case localisation
    /// Whether values of the map say how much the score depends on positions.
    case faithfulness
    /// Whether the map stays as it is when the input hardly changes.
    case robustness
    /// Whether the map says its thing with few positions.
    case complexity
    /// Whether the map depends on what the model has learned.
    case randomisation
  }

  /// The identifier in the command line and in tables.
  public let id: String
  /// The name that papers use.
  public let name: String
  /// What it asks for.
  public let family: Family
  /// Which values are better.
  public let direction: Direction
  /// The values it can take, such as `0 to 1`.
  public let range: String
  /// What it measures, in one sentence.
  public let summary: String
  /// What an evaluation must have, such as masks of the true evidence.
  public let needs: String
  /// What judging one explanation costs.
  public let cost: String
  /// What it does differently from Quantus or the code of its authors, and why; empty where there is nothing to say.
  public let differences: String
  /// Where it is described.
  public let citation: Citation
  /// Its parameters.
  public let parameters: [ParameterInfo]

  /// Describes a metric.
  public init(
    id: String, name: String, family: Family, direction: Direction, range: String, summary: String,
    needs: String = "any model", cost: String, differences: String = "", citation: Citation,
    parameters: [ParameterInfo] = []
  ) {
    self.id = id
    self.name = name
    self.family = family
    self.direction = direction
    self.range = range
    self.summary = summary
    self.needs = needs
    self.cost = cost
    self.differences = differences
    self.citation = citation
    self.parameters = parameters
  }
}
