import Networks
import TensorCore

/// The common part of SISE and Ada-SISE: masks made of feature maps at the ends of blocks, scored, added up and fused.
struct SemanticSampling {
  /// Which feature maps become masks, by the mean of the score's gradient over each of them.
  enum Selection {
    /// Those above a share of the largest mean.
    case above(Double)
    /// Those above Otsu's threshold of the positive means.
    case adaptive
  }

  /// How the map of one layer decides what is kept of those before it.
  enum Fusion {
    /// Where it is above Otsu's threshold.
    case otsu
    /// By the soft threshold of the course.
    case course
  }

  /// What the command line calls the layers that are found.
  static let automaticName = "auto"

  /// The method's catalogue entry.
  let info: MethodInfo
  /// The layers' names, or `nil` for the ends of blocks.
  let layers: [String]?
  let selection: Selection
  let fusion: Fusion
  let baseline: Baseline
  let stopsWhenStable: Bool

  /// The layers' names from a text such as `conv,conv-2`.
  static func layers(_ settings: MethodSettings) throws(ExplanationError) -> [String]? {
    guard let text = settings.values["layers"], text != automaticName else { return nil }
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard names.allSatisfy({ !$0.isEmpty }) else {
      throw settings.bad("layers", expected: "auto or names of layers with commas between them")
    }
    return names
  }

  /// Checks that a model has the layers, and these feature maps over the positions of the input.
  func check(_ model: Model) throws(ExplanationError) {
    _ = try nodes(of: model, over: model.positionGrid)
  }

  /// Explains the model's answer to one item; the parameters begin with the layers.
  func attribute(
    _ input: Tensor, of model: Model, for target: Target, parameters: [Attribution.Parameter]
  ) throws(ExplanationError) -> Attribution {
    let masked = try MaskedModel(model, at: input, for: target, hidingWith: baseline)
    let nodes = try nodes(of: model, over: masked.grid)
    // Of the gradients only their means over the positions are used.
    let pass = try running { () throws(ModelError) in
      try model.backwardOfSummand(from: masked.decision.target, at: input, to: nodes)
    }
    var fused: [Double]?
    // The answer, then the feature maps and gradients of all layers at once.
    var (passes, saved) = (2, 0)
    var notes: [String] = []
    for (stage, node) in nodes.enumerated() {
      let layer = try WorkProgress.stages(stage..<(stage + 1), of: nodes.count) {
        () throws(ExplanationError) in
        try layerMap(of: pass.values[stage], pass.gradients[stage], at: model.nodes[node].name, masked)
      }
      passes += layer.masks * masked.passesPerMask
      saved += layer.saved * masked.passesPerMask
      notes += layer.notes
      guard let map = layer.map else { continue }
      fused = fused.map { fuse($0, with: map) } ?? map
    }
    if case .adaptive = selection { notes.append("saved \(saved) forward passes against SISE") }
    let names = nodes.map { model.nodes[$0].name }
    var attribution = Attribution(
      masked.grid.map(fused ?? Array(repeating: 0, count: masked.grid.count)), explaining: input,
      decision: masked.decision, by: info,
      parameters: [.init("layers", names.joined(separator: ","))] + parameters + baseline.parameters,
      passes: passes)
    attribution.layer = names.joined(separator: ",")
    attribution.notes = notes
    return attribution
  }

  /// What came of one layer.
  private struct LayerMap {
    /// Over the positions of the input, from zero to one; `nil` where there is none or it is flat.
    var map: [Double]?
    /// The masks that were scored.
    var masks: Int
    /// The masks that SISE would have scored besides.
    var saved: Int
    var notes: [String]
  }

  private func nodes(of model: Model, over grid: PositionGrid) throws(ExplanationError) -> [Model.Node.ID] {
    var nodes: [Model.Node.ID] = []
    for layer in layers ?? [] { nodes.append(try model.featureMaps(of: layer, for: info.id)) }
    if layers == nil { nodes = model.blockLayers }
    guard !nodes.isEmpty else { throw .noFeatureMaps(method: info.id) }
    for node in nodes where model.nodes[node].shape.spatial.count != grid.extents.count {
      throw .layerWithoutPositions(
        method: info.id, layer: model.nodes[node].name, shape: model.nodes[node].shape)
    }
    return nodes
  }

  private func layerMap(
    of values: Tensor, _ gradients: Tensor, at name: String, _ masked: MaskedModel
  ) throws(ExplanationError) -> LayerMap {
    let varying = FeatureMasks.varying(values)
    let means = gradients.meanOverPositions().values
    let (chosen, usual) = selected(means)
    let channels = chosen.filter(varying.contains)
    let saved = usual.count { varying.contains($0) } - channels.count
    let count = "\(channels.count) of \(means.count) feature maps of '\(name)' became masks"
    let masks = FeatureMasks(of: channels, values, over: masked.grid.extents)
    var sums = MaskSums(positions: masked.grid.count)
    let schedule = MaskSchedule(count: channels.count, stopsWhenStable: stopsWhenStable)
    let outcome = try schedule.run(
      { (range) throws(ExplanationError) in
        try masked.stream(range.count) { index, memory in
          masks.write(range.lowerBound + index, into: memory)
        } summarizing: { masks, scores in
          MaskSums(masks, weights: Self.weights(of: masks, scores))
        } into: {
          sums.add($0)
        }
      }, watching: { sums.values })
    let map = outcome.masks > 0 ? minMaxNormalized(sums.values) : nil
    let absent = map == nil ? ["'\(name)' was left out, because its map is flat"] : []
    return LayerMap(map: map, masks: outcome.masks, saved: saved, notes: [count] + outcome.notes + absent)
  }

  /// The feature maps that become masks, those with the largest mean gradients first, and those that would with a threshold of zero.
  private func selected(_ means: [Float]) -> (chosen: [Int], usual: [Int]) {
    let largest = means.max() ?? 0
    let order = means.indices.sorted { (means[$0], $1) > (means[$1], $0) }
    guard largest > 0 else { return ([], []) }
    let positive = order.filter { means[$0] > 0 }
    switch selection {
    case .above(let share):
      return (order.filter { Double(means[$0]) > share * Double(largest) }, positive)
    case .adaptive:
      let shares = positive.map { means[$0] / largest }
      let threshold = Otsu.threshold(of: shares)
      let chosen = zip(positive, shares).filter { $0.1 > threshold }.map(\.0)
      return (chosen.isEmpty ? positive : chosen, positive)
    }
  }

  /// `score / (sum of the mask + 1e-6)` for every mask.
  private static func weights(of masks: Tensor, _ scores: [Double]) -> [Double] {
    let positions = masks.shape[1]
    return masks.withValues { values in
      scores.enumerated().map { mask, score in
        let sum = values[(mask * positions)..<((mask + 1) * positions)].reduce(0.0) { $0 + Double($1) }
        return score / (sum + Double(FeatureMasks.stabilizer))
      }
    }
  }

  private func fuse(_ earlier: [Double], with map: [Double]) -> [Double] {
    let kept: [Double]
    switch fusion {
    case .course: kept = CourseOtsu.mask(of: map)
    case .otsu:
      let threshold = Double(Otsu.threshold(of: map.map { Float($0) }))
      kept = map.map { Double(Float($0)) > threshold ? 1 : 0 }
    }
    return zip(zip(earlier, map), kept).map { ($0.0 + $0.1) * $1 }
  }
}
