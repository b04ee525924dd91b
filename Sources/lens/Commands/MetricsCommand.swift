import ArgumentParser
import SignalLens

/// The command `lens metrics`.
struct MetricsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics", abstract: "Lists the metrics of explanations with their parameters.")

  func run() throws {
    var table = TextTable(columns: ["id", "family", "better", "range", "axes", "cost per map", "reference"])
    for info in MetricCatalog.metrics {
      table.append([
        info.id, info.family.rawValue, info.direction.rawValue, info.range, "any", info.cost,
        "\(info.citation.firstAuthor) \(info.citation.year)",
      ])
    }
    print(table.text)
    for info in MetricCatalog.metrics {
      print("\n\(info.id): \(info.summary)")
      print("  Needs \(info.needs).")
      print(
        "  \(info.citation.authors): \(info.citation.title). \(info.citation.venue), \(info.citation.year).")
      if !info.differences.isEmpty { print("  \(info.differences)") }
      for parameter in info.parameters {
        print("  --set \(info.id).\(parameter.name)=…")
        print("      \(parameter.summary) Takes \(parameter.values). Default: \(parameter.standard).")
      }
    }
  }
}
