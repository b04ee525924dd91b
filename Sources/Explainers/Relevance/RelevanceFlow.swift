import Networks
import TensorCore

/// How relevance flows back through one node.
enum RelevanceFlow: Sendable {
  /// By a rule of linear layers.
  case rule(any RelevanceRule)
  /// Element by element as it comes.
  case pass
  /// To the places that the values came from: the layer's own pullback.
  case routing
  /// All to one of the inputs.
  case input(Int)
  /// All to the first half of the channels.
  case firstChannels
  /// Through layers that act on every step of a sequence alike.
  case steps([RelevanceFlow])

  /// The relevance of the inputs.
  ///
  /// - Throws: `GeometryError` when the layer cannot take its inputs.
  func divide(_ relevance: Tensor, through layer: any Layer, at site: Site) throws(GeometryError) -> [Tensor]
  {
    switch self {
    case .rule(let rule): return try rule.divide(relevance, at: LinearSite(layer, at: site))
    case .pass: return [relevance]
    case .routing: return try layer.pullback(relevance, at: site)
    case .input(let index):
      return site.inputs.enumerated().map { offset, input in
        guard offset == index else { return Tensor(input.shape) }
        // What was broadcast takes what its copies have.
        return relevance.summed(to: input.shape)
      }
    case .firstChannels:
      return [Tensor(joiningChannels: [relevance, Tensor(relevance.shape)])]
    case .steps(let flows):
      guard let layer = layer as? PerStepLayer else { return [relevance] }
      return [try Self.divide(relevance, through: layer, flows, at: site.inputs[0])]
    }
  }

  private static func divide(
    _ relevance: Tensor, through layer: PerStepLayer, _ flows: [RelevanceFlow], at input: Tensor
  ) throws(GeometryError) -> Tensor {
    let values = try layer.values(of: input)
    var arriving = relevance.reshaped(to: values[values.count - 1].shape)
    for (index, (layer, flow)) in zip(layer.layers, flows).enumerated().reversed() {
      let site = Site(inputs: [values[index]], output: values[index + 1])
      arriving = try flow.divide(arriving, through: layer, at: site)[0]
    }
    return arriving.reshaped(to: input.shape)
  }
}
