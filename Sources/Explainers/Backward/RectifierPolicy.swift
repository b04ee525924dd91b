import Networks
import TensorCore

/// What replaces the derivative of a ReLU on the way back.
///
/// A ReLU is an activation that is zero below its threshold, with or without a largest value, whether it is a layer of its own or was part
/// of a convolution or a dense layer in the file. All other layers keep their derivative: leaky rectifiers, smooth activations, maxima, and
/// ReLUs inside recurrent cells and inside layers that act on every step of a sequence.
enum RectifierPolicy: BackwardPolicy {
  /// What arrives where the ReLU was open and what arrives is positive: guided backpropagation.
  case guided
  /// What arrives where it is positive, whether the ReLU was open or not: the deconvolutional network.
  case deconvolutional

  /// What flows back through a ReLU, or `nil` for the own pullback of other layers.
  func pullback(_ cotangent: Tensor, through node: Model.Node, at site: Site) -> [Tensor]? {
    guard let activation = Self.rectifier(of: node) else { return nil }
    return switch self {
    case .guided: [activation.pullback(cotangent, at: site.inputs[0]).map { max($0, 0) }]
    case .deconvolutional: [cotangent.map { max($0, 0) }]
    }
  }

  private static func rectifier(of node: Model.Node) -> Activation? {
    guard let activation = (node.layer as? ActivationLayer)?.activation,
      case .relu(slope: 0, _, _) = activation
    else { return nil }
    return activation
  }

  /// Explains by what reaches the input.
  ///
  /// - Parameters:
  ///   - input: One item.
  ///   - model: The model.
  ///   - target: The class to score, and the space of the score.
  ///   - info: The method.
  /// - Returns: The map with its context, and a note when the model has no ReLU.
  /// - Throws: `ExplanationError` when the target or the input do not fit the model.
  func explain(
    _ input: Tensor, of model: Model, for target: Target, by info: MethodInfo
  ) throws(ExplanationError) -> Attribution {
    let pass = try running { () throws(ModelError) in
      try model.backward(from: target, at: input, to: [model.inputs[0]], policy: self)
    }
    var attribution = Attribution(
      map: pass.gradients[0], input: input, output: pass.output, target: pass.targets[0],
      scoreSpace: target.space, score: pass.scores[0], method: info.id, preset: info.preset)
    attribution.notes = Self.notes(on: model)
    return attribution
  }

  /// What a user should know when a model has no ReLU before its score.
  static func notes(on model: Model) -> [String] {
    model.nodes(before: model.head.logits).contains { rectifier(of: model.nodes[$0]) != nil }
      ? [] : ["the model has no ReLU before its score, so nothing but its derivative flows back"]
  }
}
