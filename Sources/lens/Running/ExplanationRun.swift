import Boundary
import Foundation
import SignalLens

/// Explains every item by every method and writes what it finds.
struct ExplanationRun: Sendable {
  let setup: ExplanationSetup
  let arguments: ExplanationArguments
  let classNames: [String]
  let figures: [FigureFormat]
  let folder: ResultFolder
  /// The items to explain.
  let items: Range<Int>

  /// What is kept of a finished item.
  private struct Finished: Sendable {
    var summary = SummaryTable()
    var regions = RegionTable()
    var relevance = RelevanceTable()
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
    let progress = ProgressBar(
      "explaining", total: items.count * setup.methods.count * setup.explained.count, isQuiet: isQuiet)
    defer { progress.finish() }
    let finished = try Threads.map(items.count) { offset in
      let index = items.lowerBound + offset
      return try RunError.naming(setup.inputs[0].items[index].name) { try explain(index, progress) }
    }
    try folder.write(Data(SummaryTable(joining: finished.map(\.summary)).bytes), as: "summary.csv")
    if arguments.regionRule != nil {
      try folder.write(Data(RegionTable(joining: finished.map(\.regions)).bytes), as: "regions.csv")
    }
    let relevance = RelevanceTable(joining: finished.map(\.relevance))
    if !relevance.isEmpty { try folder.write(Data(relevance.bytes), as: "relevance.csv") }
    guard var methods = finished.first?.methods else { return [] }
    for item in finished.dropFirst() {
      for (index, method) in item.methods.enumerated() { methods[index].join(method) }
    }
    return methods
  }

  private func explain(_ index: Int, _ progress: ProgressBar) throws -> Finished {
    let item = setup.inputs[0].items[index]
    guard let target = try arguments.target(label: item.label) else {
      throw RunError.noLabel(item: item.name)
    }
    let loaded = try setup.inputs.map { try $0.load(index) }
    var finished = Finished()
    for input in setup.explained {
      let part = try setup.model.varying(input: input, of: loaded.map(\.input))
      for (position, method) in setup.methods.enumerated() {
        let start = ContinuousClock.now
        let piece = progress.begin()
        let attribution = try part.explain(
          loaded[input].input, with: method.explainer, for: target, progress: piece.reach)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let name = item.name + setup.inputSuffix(input)
        try write(attribution, of: item, called: name, by: method, loaded[input])
        if position == 0 { try writePicture(of: item, called: name, attribution, method, loaded[input]) }
        let targetName =
          classNames.indices.contains(attribution.target) ? classNames[attribution.target] : ""
        finished.summary.append(attribution, item: name, targetName: targetName, seconds: seconds)
        finished.relevance.append(attribution, item: name)
        if let rule = arguments.regionRule {
          finished.regions.append(attribution, rule, item: name, samplingRate: arguments.samplingRate)
        }
        let used = Manifest.Method(of: attribution)
        if finished.methods.count > position {
          finished.methods[position].join(used)
        } else {
          finished.methods.append(used)
        }
        piece.reach(1)
      }
    }
    return finished
  }

  private func write(
    _ attribution: Attribution, of item: InputItem, called name: String, by method: ConfiguredMethod,
    _ loaded: InputItem.Loaded
  ) throws {
    let table = attribution.table(channels: arguments.channels)
    try WholeFile.write(Data(table.bytes), to: folder.path(item: name, suffix: "\(method.id).csv"))
    let others = [("standard-error", attribution.standardError), ("disagreement", attribution.disagreement)]
    for case (let what, let map?) in others {
      var other = attribution
      other.map = map
      let table = other.table(channels: arguments.channels)
      try WholeFile.write(
        Data(table.bytes), to: folder.path(item: name, suffix: "\(method.id).\(what).csv"))
    }
    for format in figures {
      let path = try folder.path(item: name, suffix: "\(method.id).\(format.rawValue)")
      try attribution.writeFigure(
        to: path, format: format, options: item.figureOptions(arguments, classNames, method, loaded))
    }
  }
}

extension InputItem {
  /// What a figure of one of its explanations says and shows besides the map.
  func figureOptions(
    _ arguments: ExplanationArguments, _ classNames: [String], _ method: ConfiguredMethod, _ loaded: Loaded
  ) -> FigureOptions {
    FigureOptions(
      itemName: name, classNames: classNames, label: label, methodTitle: method.info.name,
      samplingRate: arguments.samplingRate, picture: loaded.picture)
  }
}
