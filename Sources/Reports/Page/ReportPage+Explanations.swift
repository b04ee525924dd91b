extension ReportPage {
  /// The items with their maps side by side.
  func explanationSection(_ shown: RunFolder, name: String) throws -> PageContext.Section {
    var section = PageContext.Section(id: "maps", name: name)
    let explained = shown.explained
    let facts = try SummaryFacts(shown)
    section.items = try explained.prefix(mostItems).map { item, methods in
      try PageItem(
        item, by: methods, in: shown, facts: facts.ofItem(item),
        captions: methods.map { facts.ofMap(item, $0) }, rate: folder.samplingRate)
    }
    section.hasPictures = section.items.contains { !$0.picture.isEmpty }
    let hasImages = section.items.contains { $0.kind == "image" }
    section.paragraphs = [
      hasImages
        ? "Point at a map to read its value, row and column; click it to enlarge it."
        : "Point at a curve to read position, value and attribution of all methods. Colours and bars show the attribution: "
          + "red (or teal, where there are no negative values) speaks for the explained class, blue against it."
    ]
    if explained.count > mostItems {
      section.paragraphs.append(
        "Shown are the first \(mostItems.grouped) of \(explained.count.grouped) items; the maps of the others are in "
          + "the folder of the run, and --items shows more of them.")
    }
    return section
  }

  /// A map that is drawn with fewer in a comparison cannot be read.
  private static var pixelsPerMethod: Int { 160 }

  /// The figures of a comparison.
  func comparisonSection() throws -> PageContext.Section? {
    guard !folder.comparisons.isEmpty else { return nil }
    var section = PageContext.Section(id: "comparison", name: "Methods side by side")
    let methods = folder.methodIDs.map(PageItem.name).joined(separator: ", ")
    section.figures = try folder.comparisons.enumerated().map { index, file in
      .init(
        source: try PagePicture.source(of: file),
        words:
          "Figure \(index + 1) of \(folder.comparisons.count): a row for every item, from the left \(methods).",
        width: folder.methodIDs.count * Self.pixelsPerMethod)
    }
    return section
  }

  /// The summary of all explanations.
  func summarySection(_ shown: RunFolder) throws -> PageContext.Section? {
    guard let summary = shown.summary else { return nil }
    var table = try PageTable(
      id: "summary-table", caption: "Scores, sums and extremes of every map", summary,
      words: ["item", "method", "layer", "target", "target_name", "score_space"], file: "summary.csv")
    if table.rows.count > RunFolder.mostRows {
      table.rows = Array(table.rows.prefix(RunFolder.mostRows))
      table.note = [
        "The first \(RunFolder.mostRows.grouped) of \(summary.rowCount.grouped) rows; all are in summary.csv."
      ]
    }
    return PageContext.Section(
      id: "summary", name: "Summary",
      paragraphs: [
        "The completeness gap is the sum of the map less the difference of the scores; methods that promise no sum have none."
      ],
      tables: [table])
  }

  /// The regions of all maps.
  func regionSection(_ shown: RunFolder) throws -> PageContext.Section? {
    guard let regions = shown.regions, regions.rowCount > 0 else { return nil }
    var table = try PageTable(
      id: "region-table", caption: "Regions of every map, the largest share first", regions,
      words: ["item", "method", "sign"], file: "regions.csv")
    table.folded = table.rows.count > 60
    let rule = folder.manifest?.options["regions"].map { " (rule: \($0))" } ?? ""
    return PageContext.Section(
      id: "regions", name: "Regions",
      paragraphs: [
        "Connected parts in which a map is strong\(rule); the share is that of the whole map's magnitude."
      ],
      tables: [table])
  }
}

/// What the summary says of items and maps, in a few words.
private struct SummaryFacts {
  private var items: [String: String] = [:]
  private var maps: [[String]: String] = [:]

  init(_ folder: RunFolder) throws(ReportError) {
    guard let summary = folder.summary else { return }
    let (names, methods) = (summary.texts("item"), summary.texts("method"))
    let (targets, targetNames) = (summary.texts("target"), summary.texts("target_name"))
    let (scores, spaces) = (try summary.numbers("score"), summary.texts("score_space"))
    let (layers, gaps) = (summary.texts("layer"), try summary.numbers("completeness_gap"))
    for row in names.indices {
      var facts: [String] = []
      if row < targets.count {
        let name = row < targetNames.count ? targetNames[row] : ""
        facts.append(
          "explained: " + (name.isEmpty ? "class \(targets[row])" : "\(name) (class \(targets[row]))"))
      }
      if row < scores.count, let score = scores[row] {
        facts.append("\(row < spaces.count ? spaces[row] : "score") \(DisplayNumber.text(score))")
      }
      if items[names[row]] == nil { items[names[row]] = facts.joined(separator: " · ") }
      var words: [String] = []
      if row < layers.count, !layers[row].isEmpty { words.append("at \(layers[row])") }
      if row < gaps.count, let gap = gaps[row] { words.append("gap \(DisplayNumber.text(gap))") }
      maps[[names[row], methods[row]]] = words.joined(separator: " · ")
    }
  }

  func ofItem(_ item: String) -> String { items[item] ?? "" }

  func ofMap(_ item: String, _ method: String) -> String { maps[[item, method]] ?? "" }
}
