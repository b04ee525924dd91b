import Networks
import TensorCore

/// Which factor of a product is the signal: the one that is not a gate.
///
/// A gate is a bounded function of something, such as a sigmoid, perhaps scaled and reshaped before it multiplies. Relevance goes to
/// what the gate lets through and not to the gate (the rule *signal takes all*).
///
/// Source: L. Arras et al., *Explaining recurrent neural network predictions in sentiment analysis*, WASSA 2017.
enum SignalOfProduct {
  /// The position of the signal among a product's inputs, or `nil` when not all the others are gates.
  static func index(of node: Model.Node, in model: Model) -> Int? {
    let signals = node.inputs.indices.filter { !isGate(node.inputs[$0], in: model) }
    guard signals.count == 1, node.inputs.count > 1,
      model.nodes[node.inputs[signals[0]]].shape.rank == node.shape.rank
    else { return nil }
    return signals[0]
  }

  /// Whether a value is a bounded function, scaled, shifted or brought into another order or shape.
  private static func isGate(_ id: Model.Node.ID, in model: Model) -> Bool {
    let node = model.nodes[id]
    switch node.layer {
    case let layer as ActivationLayer: return layer.activation.isBounded
    case is ConstantArithmeticLayer:
      return node.layer.role == .normalization && isGate(node.inputs[0], in: model)
    default:
      return node.layer.role == .softmax
        || [.routing, .identity].contains(node.layer.role) && isGate(node.inputs[0], in: model)
    }
  }
}

extension Activation {
  /// Whether its values lie between two bounds.
  fileprivate var isBounded: Bool {
    switch self {
    case .sigmoid, .hardSigmoid, .tanh, .hardTanh, .softsign, .sparseSigmoid: true
    case .relu(let slope, let maximum, _): slope == 0 && maximum < .infinity
    default: false
    }
  }
}
