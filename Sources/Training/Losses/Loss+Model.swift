import Networks

extension Loss {
  /// The node whose value the loss is taken of; `nil` for the logits.
  func source(in model: Model) -> Model.Node.ID? {
    if case .meanSquaredError = self { return model.outputs[0] }
    return nil
  }

  /// Checks that the loss can be taken of what a model ends in.
  func check(_ model: Model) throws(TrainingError) {
    guard model.inputs.count == 1 else { throw .severalInputs(count: model.inputs.count) }
    let head = model.head
    func require(_ holds: Bool, _ found: String, _ advice: String) throws(TrainingError) {
      let layer = model.nodes[model.outputs[0]].layerName
      guard holds else { throw .lossDoesNotFit(loss: id, layer: layer, found: found, advice: advice) }
    }
    switch self {
    case .categoricalCrossEntropy:
      let other = "use '\(Loss.binaryCrossEntropy().id)'"
      try require(head.normalizer != .sigmoid, "ends in a sigmoid", other)
      try require(head.outputs > 1, "has a single output", other)
      try require(
        model.nodes[head.logits].shape.channels == head.outputs, "gives several answers for one item",
        "name a model with one answer per item")
    case .binaryCrossEntropy:
      try require(
        head.normalizer != .softmax, "ends in a softmax", "use '\(Loss.categoricalCrossEntropy().id)'")
    case .meanSquaredError: break
    }
  }
}
