import Figures

extension ReportPage {
  /// The means of all methods and metrics with their intervals.
  func evaluationSection(_ results: EvaluationResults?) throws -> PageContext.Section? {
    guard let results, let contents = folder.evaluation else { return nil }
    var section = PageContext.Section(id: "evaluation", name: "Evaluation")
    let items = folder.itemCount
    section.paragraphs = [
      "Means over \(items == 1 ? "1 item" : "\(items.grouped) items") with 95 % intervals; the star marks the best mean of a "
        + "metric in the metric's own direction. Overlapping intervals are no test: see the significance of differences, where it is given."
    ]
    section.charts = results.charts.map { .init(title: $0.title, drawing: $0.drawing()) }
    var full = try PageTable(
      id: "mean-table", caption: "All means with standard errors, intervals and ranks", contents,
      words: ["method", "metric"], file: "table.csv")
    full.folded = true
    section.tables = [Self.overview(results), full]
    return section
  }

  private static func overview(_ results: EvaluationResults) -> PageTable {
    let columns =
      [PageTable.Column(title: "method", isNumber: false)]
      + results.metrics.map { metric in
        let arrow = results.higherIsBetter(metric).map { $0 ? " (higher)" : " (lower)" } ?? ""
        return PageTable.Column(
          title: results.name(metric) + arrow, isNumber: true,
          hint: results.direction(metric).isEmpty ? [] : [results.direction(metric)])
      }
    let best = results.metrics.map(results.best)
    let rows = results.methods.map { method in
      PageTable.Row(
        cells: [.head(method)]
          + results.metrics.enumerated().map { column, metric in
            let entry = results.entry(method, metric)
            var cell = PageTable.Cell(entry?.mean, full: entry?.text ?? "")
            cell.isBest = best[column].contains(method)
            if entry?.mean != nil, let low = entry?.low, let high = entry?.high {
              cell.interval = ["[\(DisplayNumber.text(low)), \(DisplayNumber.text(high))]"]
            }
            return cell
          })
    }
    return PageTable(
      id: "overview-table", caption: "Mean and 95 % interval of every metric", columns: columns, rows: rows)
  }

  /// The courses of metrics that change the input or the model step by step.
  func coursesSection(_ results: EvaluationResults?) throws -> PageContext.Section? {
    let charts = try folder.courseCharts(results)
    guard !charts.isEmpty else { return nil }
    var section = PageContext.Section(
      id: "courses", name: "Step by step", paragraphs: [Self.coursesText + " Bands are one standard error."])
    section.charts = charts.map(Self.chart)
    return section
  }

  /// What courses show.
  static var coursesText: String {
    "What metrics see from their first step to their last, on average over items: the score while positions are taken away or put in, "
      + "the strongest first, or how alike maps stay while layers of the model are drawn anew."
  }

  private static func chart(_ chart: LineChart) -> PageContext.Chart {
    .init(
      title: chart.title, drawing: chart.drawing(),
      key: chart.series.enumerated().map {
        .init(number: "\($0 % 8 + 1)\($0 / 8 % 2 == 1 ? " dashed" : "")", name: $1.name)
      },
      hasKey: true)
  }

  /// Which differences of methods are more than chance.
  func significanceSection(_ results: EvaluationResults?) throws -> PageContext.Section? {
    guard let significance = folder.significance, significance.rowCount > 0 else { return nil }
    let table = try PageTable(
      id: "significance-table", caption: "Paired tests of every two methods", significance,
      words: ["metric", "method", "other"], file: "significance.csv")
    return PageContext.Section(
      id: "significance", name: "Significance",
      paragraphs: [
        "Wilcoxon's signed-rank test of the differences between two methods, item by item; nothing is tested where no item differs. "
          + "p holm is p corrected by Holm's method for the number of tests of the metric."
      ], tables: [table])
  }

  /// How well the model itself classifies.
  func classificationSection() throws -> PageContext.Section? {
    var section = PageContext.Section(id: "classification", name: "Classification")
    if let classification = folder.classification {
      section.tables.append(
        try PageTable(
          id: "classification-table", caption: "Measures of every class and of all", classification,
          words: ["class", "name"], file: "classification.csv"))
    }
    if let confusion = folder.confusion { section.tables.append(try confusionTable(confusion)) }
    if let chart = try folder.rocChart() {
      section.charts = [Self.chart(chart)]
      let drawn = chart.series.count
      let all = Set(folder.roc?.texts("class") ?? []).count
      if drawn < all { section.charts[0].caption = ["The first \(drawn) of \(all) classes."] }
    }
    return section.tables.isEmpty && section.charts.isEmpty ? nil : section
  }

  private func confusionTable(_ contents: TableContents) throws(ReportError) -> PageTable {
    let (labels, predictions) = (contents.texts("label"), contents.texts("predicted"))
    let (counts, texts) = (try contents.numbers("count"), contents.texts("count"))
    var order: [String] = []
    var known: Set<String> = []
    for name in labels + predictions where known.insert(name).inserted { order.append(name) }
    var cells: [[String]: (count: Double, text: String)] = [:]
    var totals: [String: Double] = [:]
    for row in labels.indices {
      guard let count = counts[row] else { continue }
      cells[[labels[row], predictions[row]]] = (count, texts[row])
      totals[labels[row], default: 0] += count
    }
    let names = folder.classNames
    let shown = order.prefix(Self.mostClasses)
    var table = PageTable(
      id: "confusion-table", caption: "Confusion matrix: rows are labels, columns predictions",
      columns: [.init(title: "label", isNumber: false)]
        + shown.map { .init(title: names[$0] ?? $0, isNumber: true) },
      rows: shown.map { label in
        PageTable.Row(
          cells: [.head(names[label] ?? label)]
            + shown.map { predicted in
              let found = cells[[label, predicted]] ?? (0, "0")
              var cell = PageTable.Cell(found.count, full: found.text)
              let share = totals[label].map { $0 > 0 ? found.count / $0 : 0 } ?? 0
              cell.share = ["\((share * 1000).rounded() / 1000)"]
              cell.full = ["\(DisplayNumber.text(share * 100)) % of label \(names[label] ?? label)"]
              let more = [share > 0.55 ? "strong" : "", label == predicted ? "diagonal" : ""]
              cell.classes = [(["number"] + more).filter { !$0.isEmpty }.joined(separator: " ")]
              return cell
            })
      })
    table.kind = "confusion"
    if order.count > shown.count {
      table.note = ["The first \(shown.count) of \(order.count) classes; all are in confusion.csv."]
    }
    return table
  }

  /// A wider matrix cannot be read.
  private static var mostClasses: Int { 60 }

  /// The value of every item.
  func scoresSection() throws -> PageContext.Section? {
    guard let scores = folder.scores else { return nil }
    var table = try PageTable(
      id: "score-table", caption: "The value of every item, method and metric", scores,
      words: ["item", "method", "metric"], file: "scores.csv")
    table.folded = true
    return PageContext.Section(id: "scores", name: "Scores", tables: [table])
  }
}
