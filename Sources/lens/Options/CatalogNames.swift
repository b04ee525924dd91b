import SignalLens

/// Entries of a catalogue as an option names them: by their own names, by those of whole families, or all.
struct CatalogNames {
  /// An entry that was chosen.
  struct Choice: Equatable {
    let id: String
    /// Whether it was chosen by its own name.
    var isNamed: Bool
  }

  private let entries: [(id: String, family: String)]
  private let families: [String]

  /// The explanation methods.
  static var methods: CatalogNames {
    CatalogNames(
      MethodCatalog.methods.map { ($0.id, $0.family.rawValue) }, MethodFamily.allCases.map(\.rawValue))
  }

  /// The metrics.
  static var metrics: CatalogNames {
    CatalogNames(
      MetricCatalog.metrics.map { ($0.id, $0.family.rawValue) }, MetricInfo.Family.allCases.map(\.rawValue))
  }

  private init(_ entries: [(id: String, family: String)], _ families: [String]) {
    self.entries = entries
    self.families = families
  }

  /// What an option takes, for its help.
  var help: String {
    "by their names or those of whole families (\(families.map(name).joined(separator: ", "))), or all."
  }

  /// The name of a family in options: where an entry has that name too, it is the entry's.
  private func name(of family: String) -> String {
    entries.contains { $0.id == family } ? "all-\(family)" : family
  }

  /// What a text with commas names.
  ///
  /// - Parameter text: The option's value.
  /// - Returns: Every entry once, in the order in which they are named; names that nothing has are among them as they are.
  func chosen(by text: String) -> [Choice] {
    var choices: [Choice] = []
    for name in text.split(separator: ",").map(String.init) {
      let family = entries.filter {
        name == "all" || name == self.name(of: $0.family) || name == "all-\($0.family)"
      }
      let isNamed = family.isEmpty
      for id in isNamed ? [name] : family.map(\.id) {
        if let known = choices.firstIndex(where: { $0.id == id }) {
          choices[known].isNamed = choices[known].isNamed || isNamed
        } else {
          choices.append(Choice(id: id, isNamed: isNamed))
        }
      }
    }
    return choices
  }
}
