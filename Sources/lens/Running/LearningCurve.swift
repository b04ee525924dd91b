import Foundation
import SignalLens

/// Loss and accuracy over the epochs of a training.
struct LearningCurve {
  private let stack: LineChartStack

  /// Prepares the figure.
  ///
  /// - Parameters:
  ///   - history: The epochs.
  ///   - name: The name of the model.
  init(_ history: History, of name: String) {
    func chart(_ title: String, _ value: (TrainingScore) -> Double) -> LineChart {
      let parts: [(String, (EpochRecord) -> TrainingScore?)] = [
        ("training", { $0.training }), ("validation", { $0.validation }),
      ]
      let series = parts.map { name, score in
        ChartSeries(
          name: name,
          places: history.epochs.compactMap { epoch in
            score(epoch).map { .init(x: Double(epoch.epoch), y: value($0)) }
          })
      }
      return LineChart(
        title: title, xLabel: "epoch", yLabel: title.lowercased(),
        series: series.filter { !$0.places.isEmpty })
    }
    stack = LineChartStack(
      title: "Learning curve of \(name)",
      charts: [chart("Loss") { $0.loss }, chart("Accuracy") { $0.accuracy }])
  }

  /// Draws it.
  ///
  /// - Throws: `FigureError.drawing` when cairo fails.
  func figure(as format: FigureFormat) throws(FigureError) -> Data { try stack.figure(as: format) }
}
