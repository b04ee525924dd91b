import Foundation
import Testing

/// Methods named by their families.
@Suite struct FamilyTests {
  private func run(_ command: String, _ options: [String], into folder: TemporaryFolder) throws -> LensProcess
  {
    try LensProcess(
      [command, ExplainTests.model, ExplainTests.samples, "--key", "x", "--items", "0"] + options + [
        "--output", folder.path,
      ])
  }

  /// The methods of a run in their order.
  private func methods(in folder: TemporaryFolder) throws -> [String] {
    let text = try String(contentsOfFile: "\(folder.path)/manifest.json", encoding: .utf8)
    let json = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    return try #require(json["methods"] as? [[String: Any]]).compactMap { $0["id"] as? String }
  }

  private static let lacking =
    "cam is left out: 'cam' needs feature maps that reach the score through a global average pooling and dense layers alone, but layer "
    + "'flatten' lies between; use 'grad-cam', which gives the same map up to a factor where both exist\n"

  @Test(
    arguments: [
      ("explain", ["--figures", "none"]), ("compare", ["--figures", "none"]),
      ("evaluate", ["--metrics", "sparseness", "--examples", "0"]),
    ])
  func allButWhatTheModelLacks(command: String, options: [String]) throws {
    let folder = try TemporaryFolder()
    let run = try run(command, options + ["--methods", "all"], into: folder)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output.hasPrefix(Self.lacking), "\(run.output)")
    let found = try methods(in: folder)
    #expect(found.count == 31 && found.first == "gradient" && !found.contains("cam"))
  }

  /// What is named itself comes where it is named, and once; the name of a method is the method's, not the family's.
  @Test(
    arguments: [
      ("lrp,relevance,gradient", ["lrp", "gradient"]),
      ("combination,gradient", ["grad-cam-lrp", "consensus", "gradient"]),
      ("smooth-grad,all-relevance", ["smooth-grad", "lrp"]),
    ])
  func familiesAndNames(names: String, expected: [String]) throws {
    let folder = try TemporaryFolder()
    let run = try run("explain", ["--figures", "none", "--method", names], into: folder)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(try methods(in: folder) == expected)
  }

  @Test func theFamilyOfGradients() throws {
    let folder = try TemporaryFolder()
    let run = try run("explain", ["--figures", "none", "--method", "all-gradient"], into: folder)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(try methods(in: folder).count == 11)
    #expect(run.output.contains("explained 1 item by 11 methods in "))
  }

  @Test(arguments: [["explain", "--method"], ["compare", "--methods"], ["evaluate", "--methods"]])
  func aMethodThatIsNamedHasToSuitTheModel(command: [String]) throws {
    let metrics = command[0] == "evaluate" ? ["--metrics", "sparseness"] : []
    let run = try run(command[0], metrics + [command[1], "all,cam"], into: TemporaryFolder())
    #expect(run.exitCode == 64)
    #expect(run.errors.contains("'cam' needs feature maps that reach the score"), "\(run.errors)")
  }

  @Test func aLayerThatIsNotThereIsNoLackOfTheModel() throws {
    let run = try run("explain", ["--method", "activation", "--layer", "conv9"], into: TemporaryFolder())
    #expect(run.exitCode == 64)
    #expect(run.errors.contains("conv9"), "\(run.errors)")
  }

  @Test func helpNamesTheFamilies() throws {
    let words = try LensProcess(["help", "evaluate"]).output.split { $0.isWhitespace }.joined(separator: " ")
    #expect(words.contains("(all-gradient, activation, relevance, perturbation, combination), or all."))
    #expect(
      words.contains(
        "(confidence, localisation, faithfulness, robustness, all-complexity, randomisation), or all."))
  }
}
