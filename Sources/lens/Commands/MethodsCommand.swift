import ArgumentParser
import SignalLens

/// The command `lens methods`.
struct MethodsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "methods", abstract: "Lists the explanation methods with their parameters.")

  func run() throws {
    var table = TextTable(columns: ["id", "family", "axes", "needs", "cost", "reference"])
    for info in MethodCatalog.methods {
      table.append([
        info.id, info.family.rawValue, "any", info.needs, info.cost,
        "\(info.citation.firstAuthor) \(info.citation.year)",
      ])
    }
    print(table.text)
    for info in MethodCatalog.methods {
      print("\n\(info.id): \(info.summary)")
      print(
        "  \(info.citation.authors): \(info.citation.title). \(info.citation.venue), \(info.citation.year).")
      for parameter in info.parameters {
        print("  --set \(info.id).\(parameter.name)=…")
        print("      \(parameter.summary) Takes \(parameter.values). Default: \(parameter.standard).")
      }
    }
  }
}
