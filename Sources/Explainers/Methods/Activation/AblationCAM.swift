import Networks
import TensorCore

/// The feature maps of one layer, each weighted by the share of the score that is lost without it.
///
///     weight[k] = (score - score with A[..., k] = 0) / score
///     map       = resize(relu(sum over k of weight[k] * A[..., k]))
///
/// `A` is the layer's output. No gradient is used. A negative score turns the map over, as the formula says.
///
/// - Note: One forward pass, and for every feature map one pass through the part of the network behind the layer; these are run in
///   batches, so that memory does not grow with their number. Desai and Ramaswamy, WACV 2020. Checked against the formula in float64 and
///   pytorch-grad-cam, which sets feature maps to -1e7 instead of zero where a layer has no zeros.
public struct AblationCAM: FeatureMapMethod {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "ablation-cam", name: "Ablation-CAM", family: .activation, preset: .nonNegative,
    summary: "Where the feature maps are active without which the score falls.",
    needs: "a layer with feature maps",
    cost: "1 forward pass, and 1 through the layers behind for each feature map",
    citation: .desai2020, parameters: FeatureMapOptions.parameters)

  /// The layers, and how their maps come to the input's resolution.
  public var options: FeatureMapOptions

  /// Creates the method.
  ///
  /// - Parameter options: The layers, and how their maps come to the input's resolution.
  public init(_ options: FeatureMapOptions = .init()) { self.options = options }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    self.init(try FeatureMapOptions(settings: settings))
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when a layer has no feature maps, or the target or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    let nodes = try options.nodes(in: model, for: Self.info.id)
    let pass = try running { () throws(ModelError) in
      try model.forward(to: target, at: input, keeping: nodes)
    }
    let explained = target.fixed(to: pass.targets[0])
    var maps = LayerMaps(nodes: nodes, pass: pass, signed: [], passes: 1)
    for (node, value) in zip(nodes, pass.values) {
      let scores = try running { () throws(ModelError) in
        try Self.scores(of: explained, without: value, at: node, of: model, input)
      }
      let whole = scores.first ?? 0
      let weights = scores.dropFirst().map { whole == 0 ? whole - $0 : (whole - $0) / whole }
      maps.signed.append(
        weights.isEmpty ? Tensor(value.shape.with(channels: 1)) : value.weightedSum(by: weights))
      maps.passes = maps.passes.map { $0 + scores.count }
    }
    return options.attribution(of: maps, explaining: input, of: model, in: target.space, by: Self.info)
  }

  /// The score with all feature maps and then without each of them; none where the score does not depend on them.
  private static func scores(
    of target: Target, without maps: Tensor, at node: Model.Node.ID, of model: Model, _ input: Tensor
  ) throws(ModelError) -> [Double] {
    guard let tail = try model.tail(behind: node, for: input) else { return [] }
    let count = maps.shape.channels + 1
    let batches = tail.streamed(count)
    var scores: [Double] = []
    try Threads.stream(batches.count) { (batch) throws(ModelError) in
      try tail.score(target, at: maps.repeated(without: batches[batch].map { $0 - 1 })).scores
    } into: {
      scores += $0
    }
    return scores
  }
}

extension Explainer where Self == AblationCAM {
  /// The feature maps of layers, each weighted by the share of the score that is lost without it.
  ///
  /// - Parameters:
  ///   - layers: The layers whose outputs are used; without any, the last convolution's.
  ///   - interpolation: How a map is brought to the input's resolution.
  ///   - isRectified: Whether negative values become zero.
  ///   - fusion: How the maps of several layers become one.
  /// - Returns: The method.
  public static func ablationCAM(
    at layers: String..., interpolation: Interpolation = .linear, isRectified: Bool = true,
    fusion: LayerFusion = .mean
  ) -> Self {
    .init(
      FeatureMapOptions(
        layers: layers, interpolation: interpolation, isRectified: isRectified, fusion: fusion))
  }
}

extension Tensor {
  /// One item as often as there are channels given, each time with one of them set to zero; -1 stands for none of them.
  fileprivate func repeated(without missing: [Int]) -> Tensor {
    let channels = shape.channels
    return Tensor(shape.with(batch: missing.count)) { target in
      withValues { values in
        for (item, channel) in missing.enumerated() {
          let first = item * values.count
          for index in values.indices {
            target.initializeElement(
              at: first + index, to: index % channels == channel ? 0 : values[index])
          }
        }
      }
    }
  }
}
