import Networks
import TensorCore

extension AttentionLayer: KerasWritable {
  /// `Attention` or `AdditiveAttention`.
  func written(for inputs: [Shape]) throws(Unwritable) -> WrittenLayer {
    var layer: WrittenLayer
    func scalar(_ name: String, _ value: Float) -> WrittenLayer.Weight {
      .init(name: name, values: Tensor([], [value]))
    }
    switch score {
    case .product(let scale, let isTrained):
      guard isTrained || scale == 1 else {
        throw Unwritable(reason: "Keras has no attention with a factor that is not trained")
      }
      layer = WrittenLayer(
        // The mode "dot" is not named: Keras 3 takes the name in a legacy file for its function.
        "Attention", ["use_scale": .boolean(isTrained)],
        weights: isTrained ? [scalar("scale", scale)] : [])
    case .sum(let scale, let inner, let weight, let parameters) where scale.isEmpty && parameters > 0:
      layer = WrittenLayer(
        "Attention", ["use_scale": .boolean(parameters == 2), "score_mode": .string("concat")],
        weights: (parameters == 2 ? [scalar("scale", inner)] : []) + [scalar("concat_score_weight", weight)])
    case .sum(let scale, _, _, _):
      layer = WrittenLayer(
        "AdditiveAttention", ["use_scale": .boolean(!scale.isEmpty)],
        weights: scale.isEmpty ? [] : [.init(name: "scale", values: Tensor([scale.count], scale))])
    }
    if isCausal { layer.arguments["use_causal_mask"] = .boolean(true) }
    return layer
  }
}

extension MultiHeadAttentionLayer: KerasComposable {
  /// For every head three `Dense` and an `Attention`, then `Concatenate` and `Dense`.
  ///
  /// Keras 2 and 3 note the sequences that `MultiHeadAttention` reads in ways that the other does not understand. The scale of the scores,
  /// `1 / sqrt(n)`, goes into the weights of the queries.
  func composed(for inputs: [Shape]) throws(Unwritable) -> WrittenComposition {
    guard masked.isEmpty else {
      throw Unwritable(
        reason: "Keras 2 and 3 do not both note what it reads, and its parts use masks otherwise")
    }
    var result = WrittenComposition()
    let sequences = (0..<sequences).map { index -> WrittenComposition.Operand in
      guard inputs[index].rank > 3 else { return .input(index) }
      return result.add(
        .reshape([inputs[index].positions, inputs[index].channels]), after: [.input(index)])
    }
    let size = projections.query.convolution.outputChannels / heads
    let scale = 1 / Float(size).squareRoot()
    var read: [WrittenComposition.Operand] = []
    for head in 0..<heads {
      let parts = [
        result.add(projections.query.head(head, of: heads, times: scale), after: [sequences[0]]),
        result.add(projections.value.head(head, of: heads), after: [sequences[1]]),
        result.add(projections.key.head(head, of: heads), after: [sequences[sequences.count - 1]]),
      ]
      let attention = AttentionLayer(
        .product(scale: 1, isTrained: false), sequences: 3, isCausal: isCausal)
      read.append(result.add(try attention.written(for: []), after: parts))
    }
    if heads > 1 { read = [result.add(WrittenLayer("Concatenate", ["axis": .integer(2)]), after: read)] }
    result.add(projections.output.head(0, of: 1), after: read)
    if inputs[0].rank > 3 {
      let channels = projections.output.convolution.outputChannels
      result.add(.reshape(inputs[0].spatial + [channels]), after: [.part(result.parts.count - 1)])
    }
    return result
  }
}

extension ConvolutionLayer {
  /// `Dense` with the numbers of one head.
  fileprivate func head(_ index: Int, of heads: Int, times factor: Float = 1) -> WrittenLayer {
    let units = convolution.outputChannels / heads
    let range = (index * units)..<((index + 1) * units)
    let bias = convolution.bias.map { $0.reshaped(to: [1, $0.count]).channels(range) * factor }
    let arrays = [
      WrittenLayer.Weight(name: "kernel", values: convolution.weights.channels(range) * factor)
    ]
    return WrittenLayer(
      "Dense",
      [
        "units": .integer(units), "use_bias": .boolean(bias != nil), "activation": .string("linear"),
      ],
      weights: arrays + (bias.map { [.init(name: "bias", values: $0.reshaped(to: [units]))] } ?? []))
  }
}
