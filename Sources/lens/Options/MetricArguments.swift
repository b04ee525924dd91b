import ArgumentParser
import SignalLens

/// The metrics of an evaluation, and where the true evidence is.
struct MetricArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The metrics, \(CatalogNames.metrics.help)", valueName: "id,id,…"))
  var metrics: String

  @Option(
    help: ArgumentHelp(
      "Masks of the true evidence, in the order of the items: a folder of images, or an array file.",
      valueName: "path"))
  var masks: String?

  @Option(
    help: ArgumentHelp(
      "The data set that holds the masks, in the file of --masks or of the input.", valueName: "name"))
  var masksKey: String?

  /// The metrics with the parameters that were given.
  ///
  /// - Parameter own: The values of `--set`.
  /// - Returns: Every metric once, in the order in which they were named.
  /// - Throws: `ScoringError` for an unknown metric, parameter or value.
  func chosen(_ own: [String: [String: String]]) throws -> [any AttributionMetric] {
    let ids = CatalogNames.metrics.chosen(by: metrics).map(\.id)
    guard !ids.isEmpty else {
      throw ValidationError("a metric is missing: name one or more of those that 'lens metrics' lists")
    }
    return try ids.map { id in
      try MetricCatalog.metric(id, settings: MetricSettings(metric: id, values: own[id] ?? [:]))
    }
  }

  /// The masks, one for every item.
  ///
  /// - Parameters:
  ///   - inputs: The items.
  ///   - model: The model.
  ///   - explained: The positions of the inputs to explain.
  ///   - source: How the items are chosen.
  /// - Returns: The masks; `nil` when none were named.
  /// - Throws: What cannot be read, and `RunError` when they are not those of the items.
  func evidence(
    for inputs: [InputSet], of model: Model, explaining explained: [Int], _ source: InputArguments
  ) throws -> InputSet? {
    guard masks != nil || masksKey != nil else { return nil }
    let shape = model.nodes[model.inputs[explained[0]]].shape
    let paths = masks.map { [$0] } ?? inputs[explained[0]].files
    let set = try InputSet(
      paths, for: shape.spatial.isEmpty ? shape : shape.with(channels: 1),
      options: source.maskOptions(key: masksKey))
    let items = inputs[0].items
    guard set.items.count == items.count else {
      throw RunError.maskCount(path: paths[0], found: set.items.count, expected: items.count)
    }
    for (mask, item) in zip(set.items, items) where mask.isImage && item.isImage && mask.name != item.name {
      throw RunError.maskName(path: paths[0], found: mask.name, expected: item.name)
    }
    return set
  }

  /// Every option with the value that is used.
  var resolved: [String: String] {
    ["metrics": metrics, "masks": masks ?? "none", "masks-key": masksKey ?? "the only one that fits"]
  }
}
