import Foundation
import Testing

/// What `lens report` makes of the runs of the other commands.
@Suite struct ReportTests {
  private func explain(_ options: [String], into folder: TemporaryFolder) throws {
    let run = try LensProcess(
      ["explain", ExplainTests.model, ExplainTests.samples, "--key", "x", "--output", folder.path] + options)
    #expect(run.exitCode == 0, "\(run.errors)")
  }

  @Test func pageAndNotebookLieInTheFolder() throws {
    let folder = try TemporaryFolder()
    try explain(["--items", "0,3", "--method", "gradient,smooth-grad"], into: folder)
    let before = folder.files()
    let run = try LensProcess(["report", folder.path, "--items", "1", "--title", "Two <signals>"])
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output.hasPrefix("wrote \(folder.path)/report.html ("))
    #expect(Set(folder.files()).subtracting(before) == ["report.html", "report.ipynb"])
    let page = try String(contentsOfFile: "\(folder.path)/report.html", encoding: .utf8)
    #expect(page.contains("<h1>Two &lt;signals&gt;</h1>") && page.contains("the first 1 of 2 items"))
    #expect(page.contains("\"spreadName\":\"standard error\""))
    // A second report replaces the first.
    let again = try LensProcess(["report", folder.path, "--quiet"])
    #expect(again.exitCode == 0 && again.output.isEmpty)
    #expect(try String(contentsOfFile: "\(folder.path)/report.html", encoding: .utf8) != page)
  }

  @Test func anotherNameAndPlace() throws {
    let (folder, other) = (try TemporaryFolder(), try TemporaryFolder())
    try explain(["--items", "0", "--method", "gradient", "--figures", "none"], into: folder)
    let run = try LensProcess(["report", folder.path, "--output", "\(other.path)/my report", "--quiet"])
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(other.files() == ["my report.html", "my report.ipynb"])
    let notebook = try String(contentsOfFile: "\(other.path)/my report.ipynb", encoding: .utf8)
    #expect(notebook.contains("Path(\\\"../\((folder.path as NSString).lastPathComponent)\\\")"))
  }

  @Test func imagesHaveTheirInputBelowTheMap() throws {
    let folder = try TemporaryFolder()
    let arguments = [
      "explain", resource("image-model.h5"), resource("image.png"), "--method", "gradient", "--output",
      folder.path,
    ]
    let run = try LensProcess(arguments)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(folder.files().contains("image.input.png"))
    #expect(try LensProcess(["report", folder.path]).exitCode == 0)
    let page = try String(contentsOfFile: "\(folder.path)/report.html", encoding: .utf8)
    #expect(page.contains("<figure class=\"input\">") && page.contains("data:image/png;base64,"))
    let bare = try TemporaryFolder()
    _ = try LensProcess(arguments.dropLast() + [bare.path, "--figures", "none"])
    #expect(!bare.files().contains { $0.hasSuffix(".png") })
    #expect(try LensProcess(["report", bare.path]).exitCode == 0)
  }

  @Test func aComparisonShowsItsFigure() throws {
    let folder = try TemporaryFolder()
    let run = try LensProcess([
      "compare", ExplainTests.model, ExplainTests.samples, "--key", "x", "--items", "0", "--methods",
      "gradient,grad-cam", "--output", folder.path,
    ])
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(try LensProcess(["report", folder.path]).exitCode == 0)
    let page = try String(contentsOfFile: "\(folder.path)/report.html", encoding: .utf8)
    #expect(
      page.contains(
        "<figure class=\"wide\"><div class=\"roll\" tabindex=\"0\"><img src=\"data:image/png;base64,"))
    #expect(page.contains("style=\"min-width:320px\""))
  }

  @Test func whatCannotBeReported() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("", as: "file")
    for (arguments, code, part) in [
      (["no-such-folder"], 66, "no-such-folder"), ([file], 66, "file"), ([folder.path], 66, "summary.csv"),
      ([folder.path, "--items=-1"], 64, "-1"), ([folder.path, "--output", "a/"], 64, "'a/'"),
      ([], 64, "folder"),
    ] as [([String], Int32, String)] {
      let run = try LensProcess(["report"] + arguments)
      #expect(run.exitCode == code && run.errors.contains(part), "\(run.errors)")
      #expect(lines(of: run.errors).count == 1)
    }
    #expect(folder.files() == ["file"])
    try explain(["--items", "0", "--method", "gradient", "--figures", "none"], into: folder)
    let unwritable = try LensProcess(["report", folder.path, "--output", "/no-such-folder/x"])
    #expect(unwritable.exitCode == 64 && unwritable.errors.contains("/no-such-folder/x.html"))
    _ = try folder.write("position,input,attribution\n0,1,x\n", as: "x-0.gradient.csv")
    let damaged = try LensProcess(["report", folder.path])
    #expect(damaged.exitCode == 65 && damaged.errors.contains("line 2"), "\(damaged.errors)")
    #expect(!folder.files().contains("report.html"))
  }
}
