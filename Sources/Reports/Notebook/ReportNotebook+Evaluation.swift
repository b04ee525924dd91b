import Figures
import Foundation

extension ReportNotebook {
  /// The means of methods and metrics with their intervals.
  func addEvaluation(_ results: EvaluationResults, to notebook: inout Notebook) throws {
    guard let contents = folder.evaluation else { return }
    let directions = results.metrics.map { metric in
      let direction = results.direction(metric)
      return NotebookText.markdown(results.name(metric)) + (direction.isEmpty ? "" : " (\(direction))")
    }
    notebook.markdown(
      "## Evaluation\n\nThe mean of every metric for every method with its 95 % interval: "
        + directions.joined(separator: ", ") + ".")
    try add(contents, "table.csv", as: "means", words: ["method", "metric"], to: &notebook)
    let pictures = try results.charts.map { chart in
      Self.picture(try chart.figure(as: .png), "\(chart.title), means and intervals")
    }
    notebook.code(Self.code(PackageResources.notebook_means_py), displaying: pictures)
    if let significance = folder.significance, significance.rowCount > 0 {
      notebook.markdown(
        "## Significance\n\nPaired tests of every two methods; `p_holm` is corrected by Holm's method.")
      try add(
        significance, "significance.csv", as: "significance", words: ["metric", "method", "other"],
        to: &notebook)
    }
  }

  /// The courses of metrics that change the input or the model step by step.
  func addCourses(_ results: EvaluationResults?, to notebook: inout Notebook) throws {
    let charts = try folder.courseCharts(results)
    guard !charts.isEmpty else { return }
    notebook.markdown(
      "## Step by step\n\n\(ReportPage.coursesText) Bands are one standard error.")
    notebook.code(
      Self.code(PackageResources.notebook_courses_py),
      displaying: try charts.map { Self.picture(try $0.figure(as: .png), $0.title) })
  }

  /// How well the model itself classifies.
  func addClassification(to notebook: inout Notebook) throws {
    let chart = try folder.rocChart()
    guard folder.classification != nil || folder.confusion != nil || chart != nil else { return }
    notebook.markdown("## Classification\n\nHow well the model itself does on the items.")
    if let classification = folder.classification {
      try add(
        classification, "classification.csv", as: "classification", words: ["class", "name"], to: &notebook)
    }
    if let confusion = folder.confusion {
      let (labels, predicted, counts) = (
        confusion.texts("label"), confusion.texts("predicted"), confusion.texts("count")
      )
      _ = try confusion.numbers("count")
      let names = Array(Set(labels + predicted)).sorted {
        $0.localizedStandardCompare($1) == .orderedAscending
      }
      var cells: [[String]: String] = [:]
      for row in labels.indices { cells[[labels[row], predicted[row]]] = counts[row] }
      notebook.code(
        Self.code(PackageResources.notebook_confusion_py),
        value: NotebookText.table(
          ["label"] + names, names.map { label in [label] + names.map { cells[[label, $0]] ?? "0" } },
          numeric: [false] + names.map { _ in true }))
    }
    if let chart {
      notebook.code(
        Self.code(PackageResources.notebook_roc_py),
        displaying: [Self.picture(try chart.figure(as: .png), chart.title)])
    }
  }

  private static func code(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self).trimmed }
}
