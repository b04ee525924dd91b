import TensorCore

extension Model {
  /// The model before training: as Keras makes it from its configuration alone.
  ///
  /// Kernels are drawn, biases and offsets become zero, factors of normalisations one, slopes zero, moving means zero and moving variances
  /// one. Trainable node `k` draws from a stream of its own, `NumPyLegacyRandom(seed: seed, item: k)`. Layers that cannot be trained
  /// stay as they are.
  ///
  /// - Parameters:
  ///   - initializer: How kernels are drawn.
  ///   - seed: The seed.
  /// - Returns: The model.
  public func initialized(by initializer: Initializer = .glorotUniform, seed: UInt32) -> Model {
    var layers: [Node.ID: any Layer] = [:]
    for (item, id) in trainableNodes.enumerated() {
      var random = NumPyLegacyRandom(seed: seed, item: item)
      layers[id] = (nodes[id].layer as? any TrainableLayer)?.initialized(by: initializer, &random)
    }
    return replacing(layers)
  }
}

extension TrainableLayer {
  /// The layer before training.
  fileprivate func initialized(by initializer: Initializer, _ random: inout NumPyLegacyRandom) -> any Layer {
    var arrays = parameters.map { parameter in
      switch parameter.role {
      case .kernel: initializer.tensor(parameter.values.shape, fans: kernelFans, random: &random)
      case .scale: Tensor(parameter.values.shape, repeating: 1)
      case .bias, .offset, .slope: Tensor(parameter.values.shape)
      }
    }[...]
    let layer = try? replacingParameters { arrays.popFirst() ?? $0 }
    return (layer as? NormalizationLayer)?.withoutStatistics ?? layer ?? self
  }

  /// The fans where the array of factors has other extents than in Keras: there a depthwise kernel ends in channels and outputs of each.
  private var kernelFans: Initializer.Fans? {
    guard let convolution = (self as? ConvolutionLayer)?.convolution, convolution.isDepthwise else {
      return nil
    }
    let taps = convolution.window.kernel.reduce(1, *)
    let channels = convolution.inputChannels
    return .init(into: channels * taps, out: convolution.outputChannels / channels * taps)
  }
}

extension NormalizationLayer {
  /// The layer with moving means of zero and moving variances of one.
  fileprivate var withoutStatistics: NormalizationLayer {
    guard var batch = batchNormalization else { return self }
    batch.mean = batch.mean.map { _ in 0 }
    batch.variance = batch.variance.map { _ in 1 }
    return NormalizationLayer(batch)
  }
}
