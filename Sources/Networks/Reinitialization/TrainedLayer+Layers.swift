import TensorCore

extension ConvolutionLayer: TrainedLayer {
  /// The same convolution with another kernel and another bias.
  public func replacingParameters(with new: (Tensor) -> Tensor) -> any Layer {
    ConvolutionLayer(convolution.replacingParameters(with: new))
  }
}

extension TransposedConvolutionLayer: TrainedLayer {
  /// The same transposed convolution with another kernel and another bias.
  public func replacingParameters(with new: (Tensor) -> Tensor) -> any Layer {
    let weights = new(operation.convolution.weights)
    return TransposedConvolutionLayer(operation.replacing(weights: weights, bias: operation.bias.map(new)))
  }
}

extension NormalizationLayer: TrainedLayer {
  /// The same normalisation with other factors and summands; what is taken off before, and the deviation that is divided by, stay.
  public func replacingParameters(with new: (Tensor) -> Tensor) -> any Layer {
    let channels: Shape = [scaling.scale.count]
    let scale = trainedScale.map { new(Tensor(channels, $0)).values }
    return replacing(scale: scale, offset: trainedOffset.map { new(Tensor(channels, $0)).values })
  }
}

extension ElementScalingLayer: TrainedLayer {
  /// The same scaling with other factors and summands.
  public func replacingParameters(with new: (Tensor) -> Tensor) -> any Layer {
    guard parameterCount > 0 else { return self }
    let scale = trainedScale.map(new)
    return ElementScalingLayer(
      scale: scale, shift: trainedShift.map(new), over: scaling.scale.shape)
  }
}

extension ParametricReLULayer: TrainedLayer {
  /// The same function with other slopes.
  public func replacingParameters(with new: (Tensor) -> Tensor) -> any Layer {
    ParametricReLULayer(slopes: new(trainedSlopes), over: slopes.shape)
  }
}

extension EmbeddingLayer: TrainedLayer {
  /// A table of as many other vectors.
  public func replacingParameters(with new: (Tensor) -> Tensor) -> any Layer {
    EmbeddingLayer(Embedding(new(embedding.vectors)))
  }
}

extension RecurrentLayer: TrainedLayer {
  /// The same recurrence with other weights.
  ///
  /// - Throws: `GeometryError` when the new arrays have other shapes.
  public func replacingParameters(with new: (Tensor) -> Tensor) throws(GeometryError) -> any Layer {
    RecurrentLayer(try recurrence.replacingParameters(with: new))
  }
}

extension BidirectionalLayer: TrainedLayer {
  /// The same recurrences with other weights, those of the first one first.
  ///
  /// - Throws: `GeometryError` when the new arrays have other shapes.
  public func replacingParameters(with new: (Tensor) -> Tensor) throws(GeometryError) -> any Layer {
    let first = try forward.replacingParameters(with: new)
    return BidirectionalLayer(
      forward: first, backward: try backward.replacingParameters(with: new), merge: merge)
  }
}

extension PerStepLayer: TrainedLayer {
  /// The same layers with other trained numbers, in their order.
  ///
  /// - Throws: `GeometryError` when the new arrays have other shapes.
  public func replacingParameters(with new: (Tensor) -> Tensor) throws(GeometryError) -> any Layer {
    var replaced: [any Layer] = []
    for layer in layers {
      let trained = layer.parameterCount > 0 ? layer as? any TrainedLayer : nil
      replaced.append(try trained?.replacingParameters(with: new) ?? layer)
    }
    return PerStepLayer(replaced)
  }
}

extension AttentionLayer: TrainedLayer {
  /// The same attention with another scale.
  public func replacingParameters(with new: (Tensor) -> Tensor) -> any Layer {
    AttentionLayer(
      score.replacingParameters(with: new), sequences: sequences, masked: masked, isCausal: isCausal)
  }
}

extension AttentionScore {
  /// The same score with other trained numbers: the scale of the channels, or the factor within and the weight.
  func replacingParameters(with new: (Tensor) -> Tensor) -> AttentionScore {
    func replaced(_ value: Float) -> Float { new(Tensor([1], [value])).values[0] }
    switch self {
    case .product(let scale, let isTrained):
      return isTrained ? .product(scale: replaced(scale), isTrained: true) : self
    case .sum(let scale, let inner, let weight, let parameters):
      guard parameters > 0 else { return self }
      guard scale.isEmpty else {
        let other = new(Tensor([scale.count], scale)).values
        return .sum(scale: other, inner: inner, weight: weight, parameters: parameters)
      }
      let within = parameters > 1 ? replaced(inner) : inner
      return .sum(scale: scale, inner: within, weight: replaced(weight), parameters: parameters)
    }
  }
}

extension MultiHeadAttentionLayer: TrainedLayer {
  /// The same attention with other dense layers: of the query, the key, the value and the output.
  public func replacingParameters(with new: (Tensor) -> Tensor) -> any Layer {
    let query = projections.query.convolution.replacingParameters(with: new)
    let key = projections.key.convolution.replacingParameters(with: new)
    let value = projections.value.convolution.replacingParameters(with: new)
    let output = projections.output.convolution.replacingParameters(with: new)
    return MultiHeadAttentionLayer(
      Projections(query: query, key: key, value: value, output: output), heads: heads, sequences: sequences,
      masked: masked, isCausal: isCausal, parameterCount: parameterCount)
  }
}
