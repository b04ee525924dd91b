import Foundation
import Reports
import TestSupport
import Testing

@Suite struct ReportPageTests {
  private func page(_ fixture: RunFixture, items: Int = 24) throws -> String {
    String(decoding: try ReportPage(of: RunFolder(fixture.path), items: items).html(), as: UTF8.self)
  }

  /// The JSON in the page that belongs to items.
  private func data(in page: String) throws -> [[String: Any]] {
    try page.matches(of: #/<script type="application/json">(.*?)</script>/#).map { match in
      try #require(try JSONSerialization.jsonObject(with: Data(match.output.1.utf8)) as? [String: Any])
    }
  }

  private func count(_ part: String, in text: String) -> Int { text.ranges(of: part).count }

  @Test func everyItemHasItsMapsAndNumbers() throws {
    let fixture = try RunFixture.explanation()
    let page = try page(fixture)
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
    #expect(count("<article class=\"item signal\"", in: page) == 2)
    #expect(count("<figure class=\"map\"", in: page) == 4)
    #expect(page.contains("<b>Grad-CAM</b>") && page.contains("gap 1.500e-7"))
    #expect(page.contains("explained: three (class 3) · logit 1.250"))
    let items = try data(in: page)
    let input = try #require((items[0]["input"] as? [String: Any])?["f32"] as? String)
    // 1.5, -2, 0 and 4 as 32-bit numbers, least significant byte first.
    let bytes: [UInt8] = [0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x80, 0x40]
    #expect(Data(base64Encoded: input) == Data(bytes))
    #expect(((items[0]["maps"] as? [[String: Any]])?[0]["reach"] as? Double) == 1)
  }

  @Test func thePageNeedsNothingElse() throws {
    for fixture in [try RunFixture.explanation(), try RunFixture.evaluation()] {
      let page = try page(fixture)
      #expect(!page.contains("http:") && !page.contains("https:"))
      #expect(!page.contains("@import") && !page.contains("url("))
      for match in page.matches(of: #/(?:src|href)="([^"]*)"/#) {
        #expect(match.output.1.hasPrefix("#") || match.output.1.hasPrefix("data:"), "\(match.output.1)")
      }
    }
  }

  @Test func theSameFolderGivesTheSameBytes() throws {
    let fixture = try RunFixture.evaluation()
    #expect(try page(fixture) == page(fixture))
  }

  @Test func theHeaderSaysWhatWasRun() throws {
    let page = try page(RunFixture.explanation())
    #expect(page.contains("<h1>Explanations: net</h1>"))
    #expect(
      page.contains(
        "2 items explained by 2 methods; explained is the class that the model predicts, score: logit."))
    #expect(page.contains("<code id=\"command\">lens explain &#39;my model.h5&#39; --key x</code>"))
    #expect(page.contains("title=\"models/net.h5\"") && page.contains(">def</td>"))
    #expect(page.contains("3,000 passes through the model in all.") && page.contains("<li>a note</li>"))
    #expect(page.contains("Largest completeness gap: 1.500e-7, of x-0."))
    #expect(!page.contains("<dt>Date</dt>"))
  }

  @Test func itemsThatAreLeftOutAreSaid() throws {
    let page = try page(RunFixture.explanation(), items: 1)
    #expect(count("<article class=\"item", in: page) == 1)
    #expect(page.contains("Shown are the first 1 of 2 items"))
    #expect(try self.page(RunFixture.explanation(), items: 0).contains("Shown are the first 0 of 2 items"))
  }

  @Test(arguments: [
    "\"'><script>alert(1)</script>&amp;", "<\u{338}script>alert(1)</script>",
    "\"\u{301} onmouseover=\"alert(1)",
    "</script><script>alert(1)//", "{{title}}{{{style}}}",
  ])
  func namesFromFilesAreEscaped(name: String) throws {
    let json = String(decoding: try JSONEncoder().encode(name), as: UTF8.self)
    let cell = Self.quoted(name)
    let fixture = try RunFixture.evaluation()
    try fixture.write(
      """
      {"version": \(json), "commandLine": ["lens", \(json)], "date": \(json), "options": {\(json): \(json)},
       "model": {"path": \(json), "sha256": \(json)}, "inputs": [{"path": \(json), "sha256": \(json)}],
       "methods": [{"id": \(json), "parameters": {\(json): \(json)}, "notes": [\(json)]}],
       "metrics": [{"id": \(json), "name": \(json), "direction": "lower", "family": \(json), "parameters": {}}]}
      """, as: "manifest.json")
    try fixture.write("item,method,metric,value\n\(cell),\(cell),\(cell),1.0\n", as: "scores.csv")
    try fixture.write(
      "method,metric,items,mean,standard_error,ci_low,ci_high,rank\n\(cell),\(cell),1,0.5,0.1,0.4,0.6,1\n",
      as: "table.csv")
    try fixture.write(
      "method,metric,fraction,mean\n\(cell),\(cell),0,1\n\(cell),\(cell),1,0\n", as: "curves.csv")
    try fixture.write("metric,method,other\n\(cell),\(cell),\(cell)\n", as: "significance.csv")
    try fixture.write("class,name,\(cell)\n0,\(cell),1\n", as: "classification.csv")
    try fixture.write("label,predicted,count\n\(cell),\(cell),1\n", as: "confusion.csv")
    let file = name.replacing("/", with: "_")
    let fileCell = Self.quoted(file)
    try fixture.write(
      RunFixture.summaryHeader
        + "\(fileCell),gradient,\(cell),0,\(cell),1,\(cell),,1,0,0,1,0.5\n", as: "examples/summary.csv")
    try fixture.write(RunFixture.signal, as: "examples/\(file).gradient.csv")
    let plain = try RunFixture.evaluation()
    try plain.write(
      RunFixture.summaryHeader + "a,gradient,,0,,1,logit,,1,0,0,1,0.5\n", as: "examples/summary.csv")
    try plain.write(RunFixture.signal, as: "examples/a.gradient.csv")
    let page = try ReportPage(of: RunFolder(fixture.path), title: name).html()
    let text = String(decoding: page, as: UTF8.self)
    // No element more than without the names.
    let expected = String(decoding: try ReportPage(of: RunFolder(plain.path)).html(), as: UTF8.self)
    #expect(
      text.unicodeScalars.split(separator: "<").filter { $0.starts(with: "script".unicodeScalars) }.count
        == expected.unicodeScalars.split(separator: "<").filter { $0.starts(with: "script".unicodeScalars) }
        .count)
    for markup in ["<\u{338}", "\"\u{301}", "<script>alert"] {
      let isFound = text.unicodeScalars.containsRun(markup)
      #expect(!isFound, "\(markup)")
    }
    #expect(text.contains(name.contains("{{") ? "{{title}}{{{style}}}" : "alert(1)"))
  }

  /// A cell as the tables of a run have it.
  private static func quoted(_ text: String) -> String {
    var table = CSVTable(columns: [])
    table.append([text, ","])
    return String(
      String.UnicodeScalarView(
        String(decoding: table.bytes, as: UTF8.self).unicodeScalars.dropFirst().dropLast(5)))
  }

  @Test func theBestOfAMetricFollowsItsDirection() throws {
    let page = try page(RunFixture.evaluation())
    let table = try #require(
      page.firstMatch(of: #/(?s)<table class="plain" id="overview-table">.*?<\/table>/#))
    let rows = table.output.split(separator: "<tr>").dropFirst(2).map { row in
      row.split(separator: "</td>").map { $0.contains("class=\"best\"") }.prefix(2)
    }
    // a is best in deletion (lower), b in insertion (higher), c has no value.
    #expect(rows.map(Array.init) == [[true, false], [false, true], [false, false]])
    #expect(table.output.contains("[0.2000, 0.3000]") && table.output.contains("could not be computed"))
  }

  @Test func chartsAndMatrixAreComplete() throws {
    let page = try page(RunFixture.evaluation())
    #expect(count("<svg ", in: page) == 2 + 1 + 1)
    #expect(page.contains("id=\"confusion-table\"") && page.contains("--share:0.8"))
    #expect(page.contains("80 % of label cat"))
    #expect(page.contains("</span>cat</li>"))
    #expect(page.contains("data-value=\"0.008\""))
  }

  @Test func columnsWithoutAnyValueAreLeftOut() throws {
    let page = try page(RunFixture.explanation())
    #expect(page.contains("Left out because they are empty: layer, baseline score."))
  }

  @Test func manyNumbersAreRoundedToStepsAndThePageSaysSo() throws {
    let (rows, columns) = (80, 60)
    let values = (0..<(rows * columns)).map { Float(($0 * 37) % 1001) / 1000 - 0.25 }
    let text = values.indices.map { "\($0 / columns),\($0 % columns),\(values[$0])\n" }.joined()
    let fixture = try RunFixture([
      "summary.csv": RunFixture.summaryHeader + "a,gradient,,0,,1,logit,,1,,0,1,0.5\n",
      "a.gradient.csv": "row,column,attribution\n" + text,
    ])
    let page = try page(fixture)
    #expect(page.contains("values here rounded to steps of"))
    let map = try #require(
      (try data(in: page)[0]["maps"] as? [[String: Any]])?[0]["values"] as? [String: Any])
    let (low, step) = (try #require(map["low"] as? Double), try #require(map["step"] as? Double))
    let encoded = try #require(map["u16"] as? String)
    let bytes = [UInt8](try #require(Data(base64Encoded: encoded)))
    #expect(bytes.count == 2 * values.count)
    for (index, value) in values.enumerated() {
      let steps = Double(bytes[2 * index]) + 256 * Double(bytes[2 * index + 1])
      #expect(abs(low + steps * step - Double(value)) <= step * 0.5001 + 1e-7)
    }
  }

  /// 24 images of 224 by 224 pixels by 4 methods below 40 MB, 20 signals below 2 MB.
  @Test(.enabled(if: isOptimized, "many numbers take a minute in a debug build"))
  func pagesStaySmall() throws {
    let side = 224
    let map =
      "row,column,attribution\n"
      + (0..<(side * side)).map { "\($0 / side),\($0 % side),\(Float($0 % 997) / 997 - 0.3)\n" }.joined()
    let methods = ["gradient", "grad-cam", "lrp", "rise"]
    let image = try RunFixture()
    var summary = RunFixture.summaryHeader
    for method in methods {
      try image.write(map, as: "a.\(method).csv")
      summary += "a,\(method),,0,,1,logit,,1,,0,1,0.5\n"
    }
    try image.write(summary, as: "summary.csv")
    // Photographs do not compress: a picture of as many bytes as it has samples.
    try image.write(Data(count: side * side * 3), as: "a.input.png")
    #expect(try page(image).utf8.count * 24 < 40_000_000)
    let signals = try RunFixture()
    summary = RunFixture.summaryHeader
    let signal =
      "position,input,attribution\n"
      + (0..<2000).map { "\($0),\(Float($0 % 89) / 89),\(Float($0 % 97) / 97)\n" }.joined()
    for item in 0..<20 {
      for method in methods {
        try signals.write(signal, as: "x-\(item).\(method).csv")
        summary += "x-\(item),\(method),,0,,1,logit,,1,,0,1,0.5\n"
      }
    }
    try signals.write(summary, as: "summary.csv")
    #expect(try page(signals).utf8.count < 2_000_000)
  }

  @Test func mapsOfOneItemMustFitTogether() throws {
    let fixture = try RunFixture.explanation()
    try fixture.write("position,input,attribution\n0,1,2\n", as: "x-0.grad-cam.csv")
    let error = #expect(throws: ReportError.self) { try page(fixture) }
    #expect(
      error?.description.contains("expected [4] positions, as in the item's other maps, found [1]") == true)
  }
}

extension String.UnicodeScalarView {
  /// Whether the scalars of a text occur in a row, whatever they combine to.
  fileprivate func containsRun(_ text: String) -> Bool {
    let (all, part) = (Array(self), Array(text.unicodeScalars))
    return all.indices.contains { all[$0] == part[0] && all[$0...].starts(with: part) }
  }
}
