import Networks
import TensorCore

extension Model {
  /// The model with a fresh last dense layer for another number of classes; everything before it stays as it is.
  ///
  /// Weights are drawn anew by `Initializer.glorotUniform`, and the bias, if there is one, is zero. What
  /// follows the dense layer, such as the softmax, stays.
  ///
  /// - Parameters:
  ///   - classes: The new number of outputs.
  ///   - seed: The seed of the new weights.
  /// - Returns: The model.
  /// - Throws: `TrainingError.noHead` when the model does not end in a dense layer of its own, `badSetting` for less than one class,
  ///   `severalInputs`; `ModelError` when a layer behind the dense one cannot take another number of values.
  public func replacingHead(classes: Int, seed: UInt32 = 0) throws -> Model {
    guard classes >= 1, classes <= ModelBuilder.largestNode else {
      throw TrainingError.badSetting(
        name: "the number of classes", value: "\(classes)", expected: "from 1 to \(ModelBuilder.largestNode)")
    }
    guard inputs.count == 1 else { throw TrainingError.severalInputs(count: inputs.count) }
    let (id, old) = try lastDense()
    let width = old.inputChannels
    var random = NumPyLegacyRandom(seed: seed)
    let weights = Initializer.glorotUniform.tensor([width, classes], random: &random)
    let head = try Convolution(
      weights: weights, bias: old.bias.map { _ in Tensor([classes]) }, window: old.window)
    var builder = ModelBuilder(name: name)
    for (index, node) in nodes.enumerated() {
      try builder.add(
        index == id ? ConvolutionLayer(head) : node.layer, name: node.name, layerName: node.layerName,
        layerClass: node.layerClass, isShared: node.isShared, after: node.inputs)
    }
    return try builder.model(outputs: outputs)
  }

  /// The dense layer that gives the logits.
  private func lastDense() throws(TrainingError) -> (Node.ID, Convolution) {
    var id = outputs[0]
    while nodes[id].layer.parameterCount == 0, nodes[id].inputs.count == 1,
      [.softmax, .activation, .identity, .routing].contains(nodes[id].layer.role)
    {
      id = nodes[id].inputs[0]
    }
    let node = nodes[id]
    guard let layer = node.layer as? ConvolutionLayer, layer.role == .dense else {
      throw .noHead(layer: node.layerName, found: "is no dense layer")
    }
    let uses = nodes.filter {
      $0.isShared && ($0.layer as? ConvolutionLayer)?.convolution.weights == layer.convolution.weights
    }
    guard uses.isEmpty else { throw .noHead(layer: node.layerName, found: "is used several times") }
    return (id, layer.convolution)
  }
}
