import Networks
import TensorCore

/// How relevance flows through every node between the logits and the input of a model.
struct RelevancePlan: Sendable {
  /// The model whose nodes are walked, with its normalisations merged where the composite wants that.
  let model: Model
  private let flows: [String: RelevanceFlow]
  private let composite: RelevanceComposite

  /// Plans the way back.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - composite: Which rule every layer gets.
  ///   - method: The method's identifier, for messages.
  /// - Throws: `ExplanationError` when a layer has no rule, or a rule does not fit its layer.
  init(of model: Model, by composite: RelevanceComposite, for method: String) throws(ExplanationError) {
    self.model = composite.mergesNormalizations ? model.withNormalizationsMerged : model
    self.composite = composite
    for case .layer(let name) in composite.entries.map(\.selector) {
      guard model.nodes.contains(where: { $0.name == name || $0.layerName == name }) else {
        throw .model(.unknownLayer(name: name, available: model.layerNames))
      }
    }
    var flows: [String: RelevanceFlow] = [:]
    let path = Self.nodesBetweenInputAndLogits(of: self.model)
    var weighted: Set<Model.Node.ID> = []
    for id in path {
      let node = self.model.nodes[id]
      let isFirst = !node.inputs.contains { weighted.contains($0) }
      if !isFirst || Self.isWeighted(node.layer) { weighted.insert(id) }
      let place = Place(
        node: node, model: self.model, isFirst: isFirst,
        keepsShape: node.inputs.count == 1 && self.model.nodes[node.inputs[0]].shape == node.shape)
      flows[node.name] = try Self.flow(through: node.layer, at: place, by: composite, for: method)
    }
    self.flows = flows
  }

  /// The flow through a node.
  func flow(through node: Model.Node) -> RelevanceFlow? { flows[node.name] }

  /// What a user should know about the model, in sentences.
  var notes: [String] {
    guard composite.mergesNormalizations else { return [] }
    return model.nodes.compactMap { node in
      guard node.layer is NormalizationLayer, let flow = flows[node.name], case .rule = flow else {
        return nil
      }
      return
        "the normalisation '\(node.layerName)' cannot be merged into a layer beside it and has the epsilon rule"
    }
  }

  /// Where a layer stands.
  fileprivate struct Place {
    let node: Model.Node
    let model: Model
    /// Whether the input reaches it through no convolution and no dense layer.
    let isFirst: Bool
    /// Whether the layer has one input, of the shape of its output.
    var keepsShape: Bool
  }

  /// The nodes that depend on the input and that the logits depend on, in order.
  private static func nodesBetweenInputAndLogits(of model: Model) -> [Model.Node.ID] {
    var depends: Set = [model.inputs[0]]
    return model.nodes(before: model.head.logits).filter { id in
      guard model.nodes[id].inputs.contains(where: depends.contains) else { return false }
      depends.insert(id)
      return true
    }
  }

  /// Whether a layer is a convolution or a dense layer, or such a layer for every step of a sequence.
  private static func isWeighted(_ layer: any Layer) -> Bool {
    if let layer = layer as? PerStepLayer { return layer.layers.contains { isWeighted($0) } }
    return layer is any WeightedLayer && [.convolution, .dense].contains(layer.role)
  }
}

extension RelevancePlan {
  /// The flow through a layer.
  fileprivate static func flow(
    through layer: any Layer, at place: Place, by composite: RelevanceComposite, for method: String
  ) throws(ExplanationError) -> RelevanceFlow {
    if let layer = layer as? PerStepLayer {
      var flows: [RelevanceFlow] = []
      var shape = place.model.nodes[place.node.inputs[0]].shape.withoutTime
      for inner in layer.layers {
        let output = try? inner.outputShape(for: [shape])
        var step = place
        step.keepsShape = output == shape
        flows.append(try flow(through: inner, at: step, by: composite, for: method))
        shape = output ?? shape
      }
      return .steps(flows)
    }
    guard let kind = LayerKind(of: layer, at: place) else {
      throw .layerWithoutRule(
        method: method, layer: place.node.layerName, layerClass: place.node.layerClass)
    }
    switch kind {
    case .fixed(let flow):
      if case .pass = flow, !place.keepsShape {
        throw .layerWithoutRule(
          method: method, layer: place.node.layerName, layerClass: place.node.layerClass)
      }
      return flow
    case .linear(let selectors, let standard):
      let entry = composite.entries.first { entry in
        switch entry.selector {
        case .layer(let name): name == place.node.layerName || name == place.node.name
        case .input: place.isFirst && selectors.contains(.any)
        default: selectors.contains(entry.selector)
        }
      }
      guard let rule = entry?.rule else { return standard }
      guard
        !rule.needsWeights || layer is any WeightedLayer,
        !rule.needsEqualShapes || place.keepsShape
      else {
        throw .ruleDoesNotFit(
          method: method, rule: rule.text, layer: place.node.layerName, layerClass: place.node.layerClass)
      }
      return .rule(rule)
    }
  }
}

/// What a layer is to relevance.
private enum LayerKind {
  /// Layers whose rule can be chosen: by which selectors, and what they do when none is.
  case linear(Set<RelevanceComposite.Selector>, standard: RelevanceFlow)
  /// Layers that leave no choice.
  case fixed(RelevanceFlow)

  init?(of layer: any Layer, at place: RelevancePlan.Place) {
    let ratio = RelevanceFlow.rule(NormRule())
    switch layer {
    case is GatedLinearUnitLayer: self = .fixed(.firstChannels)
    case is SparsemaxLayer: return nil
    case let merge as MergeLayer:
      switch merge.kind {
      case .add, .subtract, .average: self = .linear([.addition], standard: ratio)
      case .maximum, .minimum: self = .fixed(.routing)
      case .multiply:
        guard let signal = SignalOfProduct.index(of: place.node, in: place.model) else { return nil }
        self = .fixed(.input(signal))
      case .divide: return nil
      }
    case is ConcatenationLayer: self = .fixed(.routing)
    case let layer as ResamplingLayer:
      let isCopying = layer.matrices.allSatisfy { $0.rows.allSatisfy { $0.count == 1 && $0[0].weight == 1 } }
      self = isCopying ? .fixed(.routing) : .linear([.average], standard: ratio)
    case is StatisticalNormalizationLayer: return nil
    default: self.init(of: layer.role, at: place, ratio)
    }
  }

  private init?(of role: LayerRole, at place: RelevancePlan.Place, _ ratio: RelevanceFlow) {
    switch role {
    case .convolution: self = .linear([.convolution, .any], standard: .rule(EpsilonRule()))
    case .dense: self = .linear([.dense, .any], standard: .rule(EpsilonRule()))
    case .normalization:
      // The input in other units is still the input.
      self = .linear(
        [.normalization], standard: place.isFirst && place.keepsShape ? .pass : .rule(EpsilonRule()))
    case .averagePooling: self = .linear([.average], standard: ratio)
    case .maximumPooling: self = .linear([.maximum], standard: .routing)
    case .activation: self = .fixed(.pass)
    case .routing, .identity, .mask: self = .fixed(.routing)
    case .input, .softmax, .merge, .recurrent, .attention, .embedding: return nil
    }
  }
}

extension Shape {
  /// The shape of one step of a sequence `[1, time, ...]`.
  fileprivate var withoutTime: Shape { Shape([1] + extents.dropFirst(2)) }
}
