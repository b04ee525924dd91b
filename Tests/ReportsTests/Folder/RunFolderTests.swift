import Boundary
import Foundation
import Reports
import Testing

@Suite struct RunFolderTests {
  @Test func anExplanationHasItemsAndMaps() throws {
    let fixture = try RunFixture.explanation()
    let folder = try RunFolder(fixture.path)
    #expect(folder.explained.map(\.item) == ["x-0", "x-1"])
    #expect(folder.explained[0].methods == ["gradient", "grad-cam"])
    #expect(folder.hasMaps && folder.comparisons.isEmpty && folder.scores == nil)
    #expect(try folder.map("x-1", "grad-cam").values.count == 4)
    #expect(folder.manifest?.commandText == "lens explain 'my model.h5' --key x")
    #expect(try folder.spread("x-0", "gradient") == nil)
    try fixture.write(RunFixture.signal, as: "x-0.gradient.standard-error.csv")
    #expect(try folder.spread("x-0", "gradient")?.name == "standard error")
  }

  @Test func aComparisonHasItsFiguresInOrder() throws {
    let fixture = try RunFixture.explanation()
    for name in ["comparison.svg", "comparison.png", "comparison-2.svg", "comparison-4.png", "x"] {
      try fixture.write("", as: name)
    }
    try FileManager.default.removeItem(atPath: "\(fixture.path)/x-0.gradient.csv")
    let folder = try RunFolder(fixture.path)
    #expect(
      folder.comparisons.map { ($0 as NSString).lastPathComponent } == ["comparison.png", "comparison-2.svg"])
    #expect(!folder.hasMaps)
  }

  @Test func anEvaluationMayHaveExamples() throws {
    let fixture = try RunFixture.evaluation()
    let folder = try RunFolder(fixture.path)
    #expect(folder.summary == nil && folder.evaluation?.rowCount == 5)
    #expect(folder.manifest?.metrics.map(\.higherIsBetter) == [false, true])
    #expect(folder.manifest?.metrics[0].parameters == ["steps": "20"])
    #expect(try folder.examples() == nil)
    try fixture.write(RunFixture.summaryHeader, as: "examples/summary.csv")
    #expect(try folder.examples()?.explained.isEmpty == true)
  }

  @Test func whatIsMissingIsSaid() throws {
    let missing = #expect(throws: ReportError.self) { try RunFolder("/no-such-folder") }
    #expect(missing == .missingFolder(path: "/no-such-folder") && missing?.failureClass == .missingFile)
    let fixture = try RunFixture(["manifest.json": "{}"])
    #expect(throws: ReportError.notARun(path: fixture.path)) { try RunFolder(fixture.path) }
    let run = try RunFixture.explanation()
    try FileManager.default.removeItem(atPath: "\(run.path)/x-1.gradient.csv")
    #expect(throws: ReportError.missingFile(path: "\(run.path)/x-1.gradient.csv", namedBy: "summary.csv")) {
      try RunFolder(run.path).map("x-1", "gradient")
    }
  }

  @Test func namesDoNotLeadOutOfTheFolder() throws {
    let fixture = try RunFixture.explanation()
    let folder = try RunFolder(fixture.path)
    let name = (fixture.path as NSString).lastPathComponent
    try fixture.write("", as: "sub/\u{301}a.gradient.csv")
    #expect(folder.file("sub/\u{301}a", "gradient.csv") != nil)
    #expect(folder.file("x-0", "gradient.csv") != nil)
    #expect(folder.file("../\(name)/x-0", "gradient.csv") == nil)
    #expect(folder.file("sub/../x-0", "gradient.csv") == nil)
    // With a combining mark behind it a slash is another character, but still one for the system.
    #expect(folder.file("sub/../sub/\u{301}a", "gradient.csv") == nil)
    #expect(folder.file("../\(name)/sub/\u{301}a", "gradient.csv") == nil)
    #expect(folder.file("x-0", "../\((fixture.path as NSString).lastPathComponent)/x-0.gradient.csv") == nil)
  }

  @Test(arguments: [
    ("[]", "the whole file"), ("no JSON", "it is not JSON"), (#"{"options": 3}"#, "'options'"),
    (#"{"model": {"path": "a"}}"#, "'model' has no 'sha256'"),
  ])
  func aDamagedManifestIsRefused(text: String, part: String) throws {
    let fixture = try RunFixture.explanation()
    try fixture.write(text, as: "manifest.json")
    let error = #expect(throws: ReportError.self) { try RunFolder(fixture.path) }
    #expect(error?.failureClass == .badData)
    #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [
    ("/a/b/report", "/a/b", "."), ("/a/report", "/a/b", "b"), ("/c/d/report", "/a/b", "../../a/b"),
  ])
  func theWayFromAFileToAFolder(file: String, folder: String, path: String) {
    #expect(RunFolder.relativePath(from: file, to: folder) == path)
  }

  @Test func everyErrorIsOneSentence() {
    let errors: [(ReportError, FailureClass, String)] = [
      (
        .missingFolder(path: "p"), .missingFile,
        "there is no folder 'p'; name the --output of 'lens explain', 'lens compare' or 'lens evaluate'"
      ),
      (
        .notARun(path: "p"), .missingFile,
        "the folder 'p' holds neither summary.csv nor scores.csv; name the --output of a run of 'lens explain', 'lens compare' or 'lens evaluate' that has finished"
      ),
      (
        .missingFile(path: "p", namedBy: "summary.csv"), .missingFile,
        "the file 'p' is missing, though summary.csv names it; run the command again with the same --output"
      ),
      (
        .unreadable(path: "p", reason: "r"), .missingFile,
        "cannot read 'p': r; check that it is a file and may be read"
      ),
      (
        .badTable(path: "p", line: 2, expected: "a", found: "b"), .badData,
        "'p', line 2: expected a, found b; run the command again to write it anew"
      ),
      (
        .badManifest(path: "p", reason: "r"), .badData,
        "'p' is not the manifest of a run: r; run the command again to write it anew"
      ),
      (
        .badTemplate(name: "page", reason: "r"), .defect,
        "the template 'page' of the report does not parse: r; please report this defect"
      ),
    ]
    for (error, failureClass, sentence) in errors {
      #expect(error.description == sentence)
      #expect(error.failureClass == failureClass)
    }
  }
}
