import Foundation
import Reports
import Testing

/// The facts of the schema of nbformat 4.5, https://github.com/jupyter/nbformat/blob/main/nbformat/v4/nbformat.v4.5.schema.json.
@Suite struct ReportNotebookTests {
  /// What every cell must have, and what only its kind may have besides.
  private static let cellKeys: [String: Set<String>] = [
    "markdown": ["id", "cell_type", "metadata", "source"],
    "code": ["id", "cell_type", "metadata", "source", "outputs", "execution_count"],
  ]
  private static let outputKeys: [String: Set<String>] = [
    "execute_result": ["output_type", "execution_count", "data", "metadata"],
    "display_data": ["output_type", "data", "metadata"],
  ]

  private func notebook(_ fixture: RunFixture) throws -> [String: Any] {
    let data = try ReportNotebook(of: RunFolder(fixture.path)).json()
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func cells(_ fixture: RunFixture) throws -> [[String: Any]] {
    try #require(try notebook(fixture)["cells"] as? [[String: Any]])
  }

  private func source(_ cell: [String: Any]) -> String { (cell["source"] as? [String] ?? []).joined() }

  @Test func theFormatIsFollowed() throws {
    for fixture in [try RunFixture.explanation(), try RunFixture.evaluation()] {
      let notebook = try notebook(fixture)
      #expect(Set(notebook.keys) == ["cells", "metadata", "nbformat", "nbformat_minor"])
      #expect(notebook["nbformat"] as? Int == 4 && notebook["nbformat_minor"] as? Int == 5)
      let metadata = try #require(notebook["metadata"] as? [String: [String: String]])
      #expect(metadata["kernelspec"]?["name"] == "python3" && metadata["kernelspec"]?["display_name"] != nil)
      let cells = try cells(fixture)
      let ids = cells.compactMap { $0["id"] as? String }
      #expect(Set(ids).count == cells.count)
      #expect(ids.allSatisfy { $0.wholeMatch(of: #/[a-zA-Z0-9_-]{1,64}/#) != nil })
      for cell in cells {
        let kind = try #require(cell["cell_type"] as? String)
        #expect(Set(cell.keys) == Self.cellKeys[kind])
        #expect(!source(cell).isEmpty && !source(cell).hasSuffix("\n"))
        for output in cell["outputs"] as? [[String: Any]] ?? [] {
          let type = try #require(output["output_type"] as? String)
          #expect(Set(output.keys) == Self.outputKeys[type])
          if type == "execute_result" {
            #expect(output["execution_count"] as? Int == cell["execution_count"] as? Int)
          }
          let data = try #require(output["data"] as? [String: String])
          #expect(data["text/plain"] != nil)
        }
      }
      let counts = cells.compactMap { $0["execution_count"] as? Int }
      #expect(counts == Array(1...counts.count))
    }
  }

  @Test func figuresOfTheRunAreStored() throws {
    let fixture = try RunFixture.explanation()
    try fixture.write("not really a picture", as: "x-0.gradient.png")
    let shows = try cells(fixture).filter { source($0).hasPrefix("show(") }
    #expect(shows.map(source).prefix(2) == ["show(\"x-0\", \"gradient\")", "show(\"x-0\", \"grad-cam\")"])
    let pictures = shows.compactMap { cell in
      ((cell["outputs"] as? [[String: Any]])?.first?["data"] as? [String: String])?["image/png"]
    }
    #expect(pictures.count == 4)
    #expect(pictures[0] == Data("not really a picture".utf8).base64EncodedString())
    // Where the run wrote no figure, one is drawn from the table.
    #expect(pictures[1].hasPrefix("iVBORw0KGgo"))
  }

  @Test func chartsOfAnEvaluationAreStored() throws {
    let cells = try cells(RunFixture.evaluation())
    let pictures = cells.flatMap { cell in
      (cell["outputs"] as? [[String: Any]] ?? []).filter {
        ($0["data"] as? [String: String])?["image/png"] != nil
      }
    }
    // Two metrics, one course, one ROC.
    #expect(pictures.count == 4)
    let tables = cells.flatMap { $0["outputs"] as? [[String: Any]] ?? [] }.compactMap {
      ($0["data"] as? [String: String])?["text/html"]
    }
    #expect(tables.contains { $0.contains("<td style=\"text-align:right\">NaN</td>") })
  }

  @Test func timesStayOut() throws {
    let fixture = try RunFixture.explanation()
    let text = String(decoding: try ReportNotebook(of: RunFolder(fixture.path)).json(), as: UTF8.self)
    #expect(!text.contains("0.001234"))
    #expect(text == String(decoding: try ReportNotebook(of: RunFolder(fixture.path)).json(), as: UTF8.self))
  }

  @Test func namesCannotBecomeCodeOrMarkup() throws {
    let name = "a\"); import os #\\ <b>*x*"
    let cell = "\"" + name.replacing("\"", with: "\"\"") + "\""
    let fixture = try RunFixture([
      "summary.csv": RunFixture.summaryHeader + "\(cell),gradient,,0,\(cell),1,logit,,1,,0,1,0.5\n",
      "\(name).gradient.csv": RunFixture.signal,
    ])
    let data = try ReportNotebook(of: RunFolder(fixture.path), title: name, readingFrom: "../\"x").json()
    let notebook = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let sources = try #require(notebook["cells"] as? [[String: Any]]).map(source)
    #expect(sources[0].hasPrefix("# a\"); import os \\#\\\\ &lt;b&gt;\\*x\\*\n"))
    #expect(sources[1].contains("folder = Path(\"../\\\"x\")"))
    #expect(sources.contains("show(\"a\\\"); import os #\\\\ <b>*x*\", \"gradient\")"))
    #expect(String(decoding: data, as: UTF8.self).contains("&lt;b&gt;*x*"))
  }
}
