import Explainers
import Foundation
import Testing

/// A method is one file, one line of the catalogue, one file of tests and one line of the README.
@Suite struct ParityTests {
  private static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static let methods = project.appendingPathComponent("Sources/Explainers/Methods")

  /// Paths below the methods' folder: `Gradient/IntegratedGradients.swift`.
  static let files: [String] = (FileManager.default.enumerator(atPath: methods.path)?.allObjects ?? [])
    .compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted()

  @Test func thereAreAsManyFilesAsMethods() {
    #expect(Self.files.count == MethodCatalog.entries.count)
    #expect(!Self.files.isEmpty)
  }

  @Test(arguments: files)
  func fileIsRegisteredTestedAndDocumented(file: String) throws {
    let stem = String(file.dropLast(".swift".count))
    let type = try #require(stem.split(separator: "/").last)
    let entry = MethodCatalog.entries.first { "\($0)" == type }
    let info = try #require(entry?.info, "\(type) is not in the catalogue")

    let text = try String(contentsOf: Self.methods.appendingPathComponent(file), encoding: .utf8)
    #expect(text.contains("id: \"\(info.id)\""))
    #expect(file.lowercased().hasPrefix(info.family.rawValue + "/"))

    let tests = Self.project.appendingPathComponent("Tests/ExplainersTests/Methods/\(stem)Tests.swift")
    #expect(FileManager.default.fileExists(atPath: tests.path), "no \(stem)Tests.swift")

    guard
      let readme = try? String(contentsOf: Self.project.appendingPathComponent("README.md"), encoding: .utf8)
    else {
      print("skipped a part of fileIsRegisteredTestedAndDocumented: there is no README.md yet")
      return
    }
    #expect(readme.contains("`\(info.id)`"), "README.md does not name \(info.id)")
  }
}
