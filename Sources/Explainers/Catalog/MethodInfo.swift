/// What the catalogue says of a method.
public struct MethodInfo: Sendable, Equatable {
  /// The identifier in the command line, tables and file names.
  public let id: String
  /// The name that papers use.
  public let name: String
  /// The family.
  public let family: MethodFamily
  /// How its maps are coloured.
  public let preset: ColorPreset
  /// What it shows, in one sentence.
  public let summary: String
  /// What a model must have.
  public let needs: String
  /// What one explanation costs.
  public let cost: String
  /// Where it is described.
  public let citation: Citation
  /// Its parameters.
  public let parameters: [ParameterInfo]

  /// Describes a method.
  public init(
    id: String, name: String, family: MethodFamily, preset: ColorPreset, summary: String, needs: String,
    cost: String, citation: Citation, parameters: [ParameterInfo] = []
  ) {
    self.id = id
    self.name = name
    self.family = family
    self.preset = preset
    self.summary = summary
    self.needs = needs
    self.cost = cost
    self.citation = citation
    self.parameters = parameters
  }
}

/// What the catalogue says of a parameter.
public struct ParameterInfo: Sendable, Equatable {
  /// The name in the command line.
  public let name: String
  /// What it does.
  public let summary: String
  /// The values it takes.
  public let values: String
  /// The value when none is given.
  public let standard: String

  /// Describes a parameter.
  ///
  /// - Parameters:
  ///   - name: The name in the command line.
  ///   - summary: What it does.
  ///   - values: The values it takes.
  ///   - standard: The value when none is given.
  public init(_ name: String, _ summary: String, values: String, standard: String) {
    self.name = name
    self.summary = summary
    self.values = values
    self.standard = standard
  }
}
