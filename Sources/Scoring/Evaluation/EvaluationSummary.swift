/// What an evaluation found over all items: the numbers behind its tables.
public struct EvaluationSummary: Sendable {
  /// The identifiers of the methods.
  public let methods: [String]
  /// What the catalogue says of the metrics: first those of single items, then those of groups.
  public let metrics: [MetricInfo]
  /// The values by method, metric and item; `nil` where there is none.
  public private(set) var values: [[[Double?]]]
  /// Why there is no value, with the number of such items, by metric.
  public private(set) var reasons: [[String: Int]]
  private var curves: [[RunningCurve]]

  /// Starts without items.
  ///
  /// - Parameters:
  ///   - methods: The identifiers of the methods.
  ///   - evaluation: The evaluation.
  public init(methods: [String], of evaluation: Evaluation) {
    let metrics: [any AttributionMetric] = evaluation.itemMetrics + evaluation.groupMetrics
    self.methods = methods
    self.metrics = metrics.map { type(of: $0).info }
    values = Array(repeating: Array(repeating: [], count: metrics.count), count: methods.count)
    reasons = Array(repeating: [:], count: metrics.count)
    curves = Array(repeating: Array(repeating: RunningCurve(), count: metrics.count), count: methods.count)
  }

  /// Adds the next item.
  ///
  /// - Parameter scores: By method and metric.
  public mutating func add(_ scores: [[MetricScore]]) {
    for (method, row) in scores.enumerated() {
      for (metric, score) in row.enumerated() {
        values[method][metric].append(score.value)
        if let reason = score.reason { reasons[metric][reason, default: 0] += 1 }
        curves[method][metric].add(score.curve)
      }
    }
  }

  /// The mean curve of a method by a metric, with the standard error of every point; empty for metrics without curves.
  public func curve(_ method: Int, _ metric: Int) -> [(mean: Double, standardError: Double)] {
    curves[method][metric].points
  }

  /// The values of a method by a metric, without the items that have none.
  public func known(_ method: Int, _ metric: Int) -> [Double] { values[method][metric].compactMap { $0 } }

  /// The ranks of the methods by the mean of a metric, 1 for the best; equal means share the mean of their ranks.
  ///
  /// - Parameter metric: The position of the metric.
  /// - Returns: One rank for every method; `nil` for a method without values.
  public func ranks(_ metric: Int) -> [Double?] {
    let sign: Double = metrics[metric].direction == .higher ? -1 : 1
    let means = methods.indices.map { method -> Double? in
      let values = known(method, metric)
      return values.isEmpty ? nil : sign * values.reduce(0, +) / Double(values.count)
    }
    return means.map { mean in
      guard let mean else { return nil }
      let better = means.filter { $0.map { $0 < mean } ?? false }.count
      let equal = means.filter { $0 == mean }.count
      return Double(better) + Double(equal + 1) / 2
    }
  }
}

/// The mean of curves of one length.
private struct RunningCurve: Sendable {
  private var count = 0.0
  private var means: [Double] = []
  /// Sums of squared distances to the mean, by Welford's recurrence.
  private var squares: [Double] = []

  /// Takes a curve in; one of another length than the first is left out, because its points are not those of the others.
  mutating func add(_ curve: [Double]) {
    if means.isEmpty {
      means = Array(repeating: 0, count: curve.count)
      squares = means
    }
    guard !curve.isEmpty, curve.count == means.count else { return }
    count += 1
    for (index, value) in curve.enumerated() {
      let distance = value - means[index]
      means[index] += distance / count
      squares[index] += distance * (value - means[index])
    }
  }

  var points: [(mean: Double, standardError: Double)] {
    guard count > 0 else { return [] }
    return zip(means, squares).map { mean, square in
      (mean, count > 1 ? (square / (count - 1) / count).squareRoot() : 0)
    }
  }
}
