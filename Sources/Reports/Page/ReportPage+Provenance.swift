import Explainers

extension ReportPage {
  /// How the numbers were made: methods, metrics, options and checksums.
  func provenanceSection(_ examples: RunFolder?) throws -> PageContext.Section {
    var section = PageContext.Section(id: "provenance", name: "How the numbers were made")
    guard let manifest = folder.manifest else {
      section.paragraphs = ["The folder has no manifest.json, which would say it."]
      return section
    }
    let gaps = try largestGaps(folder.summary ?? examples?.summary)
    section.methods =
      manifest.methods.map { Self.method($0, gap: gaps[$0.id]) } + manifest.metrics.map(Self.metric)
    let options = manifest.options.sorted { $0.key < $1.key }
    if !options.isEmpty {
      var table = PageTable(
        id: "option-table", caption: "Every option as it was resolved",
        columns: [.init(title: "option", isNumber: false), .init(title: "value", isNumber: false)],
        rows: options.map { .init(cells: [.head("--\($0.key)"), .init($0.value)]) })
      table.folded = true
      section.tables.append(table)
    }
    let files = (manifest.model.map { [("model", $0)] } ?? []) + manifest.inputs.map { ("input", $0) }
    if !files.isEmpty { section.tables.append(Self.files(files)) }
    return section
  }

  private static func files(_ files: [(String, Manifest.File)]) -> PageTable {
    var table = PageTable(
      id: "file-table", caption: "Files and their SHA-256",
      columns: [
        .init(title: "role", isNumber: false), .init(title: "path", isNumber: false),
        .init(title: "SHA-256", isNumber: false),
      ],
      rows: files.prefix(RunFolder.mostRows).map { role, file in
        var sum = PageTable.Cell(file.sha256)
        (sum.classes, sum.full) = (["hash"], [])
        return .init(cells: [.init(role), .init(file.path), sum])
      })
    if files.count > RunFolder.mostRows {
      table.note = [
        "The first \(RunFolder.mostRows.grouped) of \(files.count.grouped) files; all are in manifest.json."
      ]
    }
    table.folded = files.count > 12
    return table
  }

  private static func method(_ method: Manifest.Method, gap: String?) -> PageContext.Method {
    let info = MethodCatalog.methods.first { $0.id == method.id }
    var notes = method.notes
    if let passes = method.passes {
      notes.insert("\(passes.grouped) passes through the model in all.", at: 0)
    }
    if let gap { notes.append(gap) }
    let parameters = method.parameters.sorted { $0.key < $1.key }.map {
      PageContext.Fact(name: $0.key, value: $0.value)
    }
    return .init(
      name: info?.name ?? method.id, id: method.id, summary: info.map { [$0.summary] } ?? [],
      parameters: parameters, hasParameters: !parameters.isEmpty, notes: notes, hasNotes: !notes.isEmpty)
  }

  private static func metric(_ metric: RunManifest.Metric) -> PageContext.Method {
    let direction = metric.higherIsBetter.map { $0 ? "higher is better" : "lower is better" }
    let words = [metric.family, direction ?? ""].filter { !$0.isEmpty }.joined(separator: "; ")
    let parameters = metric.parameters.sorted { $0.key < $1.key }.map {
      PageContext.Fact(name: $0.key, value: $0.value)
    }
    return .init(
      name: metric.name, id: metric.id, summary: words.isEmpty ? [] : ["Metric: \(words)."],
      parameters: parameters, hasParameters: !parameters.isEmpty, notes: [], hasNotes: false)
  }

  /// The largest completeness gap of every method, in a sentence.
  private func largestGaps(_ summary: TableContents?) throws(ReportError) -> [String: String] {
    guard let summary else { return [:] }
    let (items, methods) = (summary.texts("item"), summary.texts("method"))
    var largest: [String: (gap: Double, item: String)] = [:]
    for (row, gap) in try summary.numbers("completeness_gap").enumerated() {
      guard let gap, abs(gap) > abs(largest[methods[row]]?.gap ?? 0) || largest[methods[row]] == nil else {
        continue
      }
      largest[methods[row]] = (gap, items[row])
    }
    return largest.mapValues { "Largest completeness gap: \(DisplayNumber.text($0.gap)), of \($0.item)." }
  }
}
