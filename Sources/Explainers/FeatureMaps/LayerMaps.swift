import Networks
import TensorCore

/// Maps of layers before their rectification, and the pass that they come from.
struct LayerMaps {
  /// The layers' nodes.
  var nodes: [Model.Node.ID]
  /// The pass of the item.
  var pass: NodePass
  /// For every node a map in its extents, `[1, spatial..., 1]`.
  var signed: [Tensor]
  /// The passes that it took, for methods whose number depends on the model or on settings.
  var passes: Int?
}

extension FeatureMapOptions {
  /// The nodes of the layers.
  ///
  /// - Throws: `ExplanationError` when there is no such layer or it has no feature maps over the input's positions.
  func nodes(in model: Model, for method: String) throws(ExplanationError) -> [Model.Node.ID] {
    if layers.isEmpty { return [try model.featureMaps(of: nil, for: method)] }
    var nodes: [Model.Node.ID] = []
    for layer in layers { nodes.append(try model.featureMaps(of: layer, for: method)) }
    return nodes
  }

  /// Explains by feature maps and the score's gradients at them; one pass gives those of all layers.
  ///
  /// - Parameters:
  ///   - input: One item.
  ///   - model: The model.
  ///   - target: The class to score, and the space of the score.
  ///   - info: The method.
  ///   - own: The parameters that the method has besides these options.
  ///   - gamma: As in `LayerFusion`.
  ///   - takesMeans: Whether only means of the gradients over positions are used.
  ///   - weigh: Makes a map `[1, spatial..., 1]` of feature maps and gradients, both `[1, spatial..., channels]`.
  /// - Returns: The map with its context.
  /// - Throws: `ExplanationError` when a layer has no feature maps, or the target or the input do not fit the model.
  func explain(
    _ input: Tensor, of model: Model, for target: Target, by info: MethodInfo,
    own: [Attribution.Parameter] = [], gamma: Double = 0, takesMeans: Bool = false,
    weigh: (_ maps: Tensor, _ gradients: Tensor) -> Tensor
  ) throws(ExplanationError) -> Attribution {
    let nodes = try nodes(in: model, for: info.id)
    let pass = try running { () throws(ModelError) in
      takesMeans
        ? try model.backwardOfSummand(from: target, at: input, to: nodes)
        : try model.backward(from: target, at: input, to: nodes)
    }
    let maps = LayerMaps(
      nodes: nodes, pass: pass, signed: zip(pass.values, pass.gradients).map { weigh($0, $1) })
    return attribution(of: maps, explaining: input, of: model, in: target.space, by: info, own, gamma: gamma)
  }

  /// The explanation that maps of layers give.
  ///
  /// - Parameters:
  ///   - maps: The maps, at least one.
  ///   - input: The item.
  ///   - model: The model.
  ///   - space: The space of the score.
  ///   - info: The method.
  ///   - own: The parameters that the method has besides these options.
  ///   - gamma: As in `LayerFusion`.
  ///   - rectifiesLast: Whether maps are rectified after they are resized instead of before.
  /// - Returns: The map over the input with its context.
  func attribution(
    of maps: LayerMaps, explaining input: Tensor, of model: Model, in space: ScoreSpace, by info: MethodInfo,
    _ own: [Attribution.Parameter] = [], gamma: Double = 0, rectifiesLast: Bool = false
  ) -> Attribution {
    func rectified(_ map: Tensor, if wanted: Bool) -> Tensor {
      wanted && isRectified ? map.map { max($0, 0) } : map
    }
    let overInput = maps.signed.map { signed in
      let resized = model.overInput(
        rectified(signed, if: !rectifiesLast), of: input.shape, by: interpolation)
      return rectified(resized, if: rectifiesLast)
    }
    let isOne = maps.nodes.count == 1
    let layer = maps.nodes.map { model.nodes[$0].name }.joined(separator: ",")
    let shared = [
      Attribution.Parameter("layer", layer), .init("upsample", interpolation.rawValue),
      .init("relu", "\(isRectified)"),
    ]
    let fused = isOne ? [] : [Attribution.Parameter("fusion", fusion.rawValue)]
    var attribution = Attribution(
      map: isOne ? overInput[0] : fusion(overInput, gamma: gamma), input: input, output: maps.pass.output,
      target: maps.pass.targets[0], scoreSpace: space, score: maps.pass.scores[0], method: info.id,
      parameters: shared + fused + own, layer: layer, layerMap: isOne ? maps.signed[0] : nil,
      preset: isRectified ? .nonNegative : .signed)
    attribution.passes = maps.passes
    return attribution
  }
}
