import Foundation
import Testing

@Suite struct CompareTests {
  private func compare(_ options: [String], into folder: TemporaryFolder) throws -> LensProcess {
    try LensProcess(
      ["compare", ExplainTests.model, ExplainTests.samples, "--key", "x"] + options + [
        "--output", folder.path,
      ])
  }

  @Test func oneFigureShowsAllMethods() throws {
    let folder = try TemporaryFolder()
    let run = try compare(
      ["--items", "0,3", "--methods", "gradient,grad-cam,lrp", "--figures", "png,svg,pdf"], into: folder)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(
      folder.files() == [
        "comparison.pdf", "comparison.png", "comparison.svg", "manifest.json", "summary.csv",
      ])
    let summary = try String(contentsOfFile: "\(folder.path)/summary.csv", encoding: .utf8)
    #expect(summary.split(separator: "\n").count == 1 + 2 * 3)
  }

  @Test func afterTwelveRowsTheNextFigureBegins() throws {
    let folder = try TemporaryFolder()
    let run = try compare(
      ["--methods", "gradient", "--items", "0-12", "--figures", "png", "--scale", "shared"], into: folder)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(
      folder.files() == ["comparison-2.png", "comparison.png", "manifest.json", "summary.csv"])
  }

  @Test func contrastsBackgroundsAndRegionsAreOptionsOfExplain() throws {
    let (folder, files) = (try TemporaryFolder(), try TemporaryFolder())
    let signals = (0..<3).map { row in (0..<40).map { "\(Double(($0 * 7 + row * 3) % 11) / 11)" } }
    let background = "\(files.path)/background.csv"
    try signals.map { $0.joined(separator: ",") }.joined(separator: "\n").write(
      toFile: background, atomically: true, encoding: .utf8)
    let run = try LensProcess([
      "explain", ExplainTests.model, ExplainTests.samples, "--key", "x", "--items", "0", "--method",
      "expected-gradients", "--versus", "1", "--background", background, "--regions", "otsu",
      "--sampling-rate", "40", "--figures", "none", "--output", folder.path,
    ])
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(
      folder.files() == [
        "manifest.json", "regions.csv", "summary.csv", "x-0.expected-gradients.csv",
        "x-0.expected-gradients.standard-error.csv",
      ])
    let regions = try String(contentsOfFile: "\(folder.path)/regions.csv", encoding: .utf8)
    #expect(regions.hasPrefix("item,method,region,sign,start,end,start_seconds,end_seconds,sum,share,peak,"))
  }

  @Test(arguments: [["compare", "--methods"], ["explain", "--method"]])
  func noMethodAtAll(command: [String]) throws {
    let folder = try TemporaryFolder()
    let run = try LensProcess(
      [
        command[0], ExplainTests.model, ExplainTests.samples, "--key", "x", command[1], ",", "--output",
        folder.path,
      ]
    )
    #expect(run.exitCode == 64 && folder.files().isEmpty)
    #expect(
      run.errors.hasPrefix(
        "lens: a method is missing: name one or more of those that 'lens methods' lists"), "\(run.errors)")
  }

  @Test(arguments: [
    (["--regions", "most"], "--regions should be 'top 20%', 'otsu' or 'threshold 0.5', or none, not 'most'"),
    (["--versus=-1"], "--versus should be the number of a class, not -1"),
    (["--versus", "10"], "10"),
  ])
  func valuesThatMakeNoSense(options: [String], part: String) throws {
    let folder = try TemporaryFolder()
    let run = try LensProcess(
      [
        "explain", ExplainTests.model, ExplainTests.samples, "--key", "x", "--items", "0", "--method",
        "gradient",
        "--output", folder.path,
      ] + options)
    #expect(run.exitCode == 64 && run.errors.contains(part), "\(run.errors)")
  }
}
