import Boundary
import Foundation
import SignalLens

/// Explains every item by every method and writes what it finds.
struct ExplanationRun: Sendable {
  let model: Model
  let inputs: InputSet
  let methods: [ConfiguredMethod]
  let arguments: ExplanationArguments
  let classNames: [String]
  let figures: [FigureFormat]
  let folder: ResultFolder

  /// What is kept of a finished item.
  private struct Finished: Sendable {
    var summary = SummaryTable()
    var methods: [Manifest.Method] = []
  }

  /// Explains all items and writes their tables and figures, then the summary.
  ///
  /// Only the explanations that are being worked on are in memory: of finished ones the numbers for the summary are kept.
  ///
  /// - Parameter isQuiet: Whether no progress is shown.
  /// - Returns: The methods with their parameters as they were resolved for the first item, and the passes and notes of all.
  /// - Throws: The error of the first item that cannot be explained or written.
  func run(isQuiet: Bool) throws -> [Manifest.Method] {
    let progress = ProgressBar("explaining", total: inputs.items.count * methods.count, isQuiet: isQuiet)
    defer { progress.finish() }
    let finished = try Threads.map(inputs.items.count) { index in
      let item = inputs.items[index]
      return try RunError.naming(item.name) { try explain(index, progress) }
    }
    try folder.write(Data(SummaryTable(joining: finished.map(\.summary)).bytes), as: "summary.csv")
    guard var methods = finished.first?.methods else { return [] }
    for item in finished.dropFirst() {
      for (index, method) in item.methods.enumerated() { methods[index].join(method) }
    }
    return methods
  }

  private func explain(_ index: Int, _ progress: ProgressBar) throws -> Finished {
    let item = inputs.items[index]
    guard let target = try arguments.target(label: item.label) else {
      throw RunError.noLabel(item: item.name)
    }
    let loaded = try inputs.load(index)
    var finished = Finished()
    for method in methods {
      let start = ContinuousClock.now
      let attribution = try model.explain(loaded.input, with: method.explainer, for: target)
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      let table = attribution.table(channels: arguments.channels)
      try WholeFile.write(Data(table.bytes), to: folder.path(item: item.name, suffix: "\(method.id).csv"))
      for format in figures {
        let path = try folder.path(item: item.name, suffix: "\(method.id).\(format.rawValue)")
        try attribution.writeFigure(to: path, format: format, options: figureOptions(item, method, loaded))
      }
      let targetName = classNames.indices.contains(attribution.target) ? classNames[attribution.target] : ""
      finished.summary.append(attribution, item: item.name, targetName: targetName, seconds: seconds)
      finished.methods.append(.init(of: attribution))
      progress.advance()
    }
    return finished
  }

  private func figureOptions(
    _ item: InputItem, _ method: ConfiguredMethod, _ loaded: InputItem.Loaded
  ) -> FigureOptions {
    FigureOptions(
      itemName: item.name, classNames: classNames, label: item.label, methodTitle: method.info.name,
      samplingRate: arguments.samplingRate, picture: loaded.picture)
  }
}
