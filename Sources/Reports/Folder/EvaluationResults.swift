import Figures

/// What an evaluation found for every method and metric.
struct EvaluationResults {
  /// One mean.
  struct Entry {
    var mean: Double?
    var text: String
    var low: Double?
    var high: Double?
  }

  /// The identifiers of the methods in the order of the table.
  private(set) var methods: [String] = []
  /// The identifiers of the metrics in the order of the table.
  private(set) var metrics: [String] = []
  private var entries: [[String]: Entry] = [:]
  private let described: [RunManifest.Metric]

  init(_ table: TableContents, _ manifest: RunManifest?) throws(ReportError) {
    described = manifest?.metrics ?? []
    let (means, texts) = (try table.numbers("mean"), table.texts("mean"))
    let lows = table.columns.contains("ci_low") ? try table.numbers("ci_low") : means.map { _ in nil }
    let highs = table.columns.contains("ci_high") ? try table.numbers("ci_high") : means.map { _ in nil }
    for (row, (method, metric)) in zip(table.texts("method"), table.texts("metric")).enumerated() {
      if !methods.contains(method) { methods.append(method) }
      if !metrics.contains(metric) { metrics.append(metric) }
      entries[[method, metric]] = Entry(mean: means[row], text: texts[row], low: lows[row], high: highs[row])
    }
  }

  /// What was found for a method and a metric.
  func entry(_ method: String, _ metric: String) -> Entry? { entries[[method, metric]] }

  /// The name of a metric.
  func name(_ metric: String) -> String { described.first { $0.id == metric }?.name ?? metric }

  /// Whether larger values of a metric are better; `nil` where nobody says.
  func higherIsBetter(_ metric: String) -> Bool? { described.first { $0.id == metric }?.higherIsBetter }

  /// The direction of a metric in words.
  func direction(_ metric: String) -> String {
    switch higherIsBetter(metric) {
    case true: "higher is better"
    case false: "lower is better"
    default: ""
    }
  }

  /// The methods with the best mean of a metric; none when its direction is not known or there is nothing to compare.
  func best(_ metric: String) -> Set<String> {
    guard let higher = higherIsBetter(metric) else { return [] }
    let means = methods.compactMap { method in entry(method, metric)?.mean.map { (method, $0) } }
    guard means.count > 1, let best = higher ? means.map(\.1).max() : means.map(\.1).min() else { return [] }
    return Set(means.filter { $0.1 == best }.map(\.0))
  }

  /// A chart for every metric that has a value.
  var charts: [IntervalChart] {
    metrics.compactMap { metric in
      let rows = methods.compactMap { method -> IntervalChart.Row? in
        guard let entry = entry(method, metric), let mean = entry.mean else { return nil }
        var interval: ClosedRange<Double>?
        if let low = entry.low, let high = entry.high, low <= high { interval = low...high }
        return .init(name: method, value: mean, interval: interval)
      }
      let words = direction(metric)
      return rows.isEmpty
        ? nil
        : IntervalChart(title: name(metric), label: words.isEmpty ? "mean" : "mean (\(words))", rows: rows)
    }
  }
}

extension TableContents {
  /// Curves of a table with one curve for every value of a column, rows without a value left out.
  ///
  /// - Parameters:
  ///   - name: The column that names the curve.
  ///   - x: The column along the horizontal axis.
  ///   - y: The column along the vertical axis.
  ///   - error: The column of standard errors, when there is one.
  ///   - isWanted: Which rows take part.
  /// - Returns: The curves in the order in which they begin.
  /// - Throws: `ReportError.badTable` for a number that is none.
  func curves(
    of name: String, x: String, y: String, error: String? = nil, where isWanted: (Int) -> Bool = { _ in true }
  ) throws(ReportError) -> [ChartSeries] {
    let (names, across, up) = (texts(name), try numbers(x), try numbers(y))
    let errors = try error.map { column throws(ReportError) in try numbers(column) } ?? []
    var curves: [ChartSeries] = []
    var places: [String: Int] = [:]
    for row in rows.indices where isWanted(row) {
      guard let x = across[row], let y = up[row] else { continue }
      let index = places[names[row]] ?? curves.count
      if index == curves.count {
        places[names[row]] = index
        curves.append(ChartSeries(name: names[row], places: []))
      }
      let spread = errors.isEmpty ? 0 : errors[row] ?? 0
      curves[index].places.append(.init(x: x, y: y, error: spread))
    }
    return curves
  }
}

extension RunFolder {
  /// More curves than these are not told apart in one chart.
  static let mostCurves = 16

  /// One chart for every metric whose course was written.
  func courseCharts(_ results: EvaluationResults?) throws(ReportError) -> [LineChart] {
    guard let curves else { return [] }
    let metrics = curves.texts("metric")
    var order: [String] = []
    for metric in metrics where !order.contains(metric) { order.append(metric) }
    let error = curves.columns.contains("standard_error") ? "standard_error" : nil
    var charts: [LineChart] = []
    for metric in order {
      let series = try curves.curves(of: "method", x: "fraction", y: "mean", error: error) {
        metrics[$0] == metric
      }
      guard !series.isEmpty else { continue }
      charts.append(
        LineChart(
          title: results?.name(metric) ?? metric, xLabel: "share of the steps", yLabel: "mean",
          series: Array(series.prefix(Self.mostCurves))))
    }
    return charts
  }

  /// The ROC curves of all classes, with their names.
  func rocChart() throws(ReportError) -> LineChart? {
    guard let roc else { return nil }
    var series = try roc.curves(of: "class", x: "false_positive_rate", y: "true_positive_rate")
    guard !series.isEmpty else { return nil }
    let names = classNames
    for index in series.indices { series[index].name = names[series[index].name] ?? series[index].name }
    return LineChart(
      title: "Receiver operating characteristic", xLabel: "false positive rate", yLabel: "true positive rate",
      series: Array(series.prefix(Self.mostCurves)), showsDiagonal: true)
  }

  /// The names of classes by what tables call them.
  var classNames: [String: String] {
    guard let classification, classification.columns.contains("name") else { return [:] }
    let pairs = zip(classification.texts("class"), classification.texts("name")).filter { !$0.1.isEmpty }
    return Dictionary(pairs.map { ($0.0, $0.1) }) { first, _ in first }
  }
}
