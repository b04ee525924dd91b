import Foundation
import Scoring
import Testing

/// A metric is one file, one line of the catalogue and one file of tests, and says what the catalogue must know.
@Suite struct MetricParityTests {
  private static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static let metrics = project.appendingPathComponent("Sources/Scoring/Metrics")

  /// Paths below the metrics' folder: `Confidence/DropRate.swift`.
  static let files: [String] = (FileManager.default.enumerator(atPath: metrics.path)?.allObjects ?? [])
    .compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted()

  @Test func thereAreAsManyFilesAsMetrics() {
    #expect(Self.files.count == MetricCatalog.entries.count)
    #expect(Set(MetricCatalog.metrics.map(\.id)).count == Self.files.count)
  }

  @Test(arguments: files)
  func fileIsRegisteredAndTested(file: String) throws {
    let stem = String(file.dropLast(".swift".count))
    let type = try #require(stem.split(separator: "/").last)
    let entry = MetricCatalog.entries.first { "\($0)" == type }
    let info = try #require(entry?.info, "\(type) is not in the catalogue")
    let text = try String(contentsOf: Self.metrics.appendingPathComponent(file), encoding: .utf8)
    #expect(text.contains("id: \"\(info.id)\""))
    #expect(file.lowercased().hasPrefix(info.family.rawValue + "/"))
    let tests = Self.project.appendingPathComponent("Tests/ScoringTests/Metrics/\(stem)Tests.swift")
    #expect(FileManager.default.fileExists(atPath: tests.path), "no \(stem)Tests.swift")
    for sentence in [info.summary, info.needs, info.cost, info.range] { #expect(!sentence.isEmpty) }
  }

  @Test(arguments: MetricCatalog.metrics)
  func resolvedParametersAreThoseOfTheCatalogue(info: MetricInfo) throws {
    let metric = try MetricCatalog.metric(info.id)
    #expect(metric.parameters.map(\.name) == info.parameters.map(\.name))
    #expect(metric.parameters.map(\.value) == info.parameters.map(\.standard))
    let values = Dictionary(metric.parameters.map { ($0.name, $0.value) }) { first, _ in first }
    let again = try MetricCatalog.metric(info.id, settings: MetricSettings(metric: info.id, values: values))
    #expect(again.parameters == metric.parameters)
  }
}
