import TensorCore

extension ConvolutionLayer: TrainableLayer {
  /// The kernel and, where there is one, the bias.
  public var parameters: [Parameter] {
    let name = convolution.isDepthwise ? "depthwise_kernel" : "kernel"
    return [Parameter(name: name, role: .kernel, values: convolution.weights)]
      + Parameter.biases(convolution.bias)
  }

  /// The cotangents of kernel and bias.
  ///
  /// - Throws: `GeometryError` when the input does not fit.
  public func parameterPullback(_ cotangent: Tensor, at site: Site) throws(GeometryError) -> [Tensor] {
    let result = try convolution.weightPullback(inRows(cotangent), at: inRows(site.inputs[0]))
    return [result.weights] + (result.bias.map { [$0] } ?? [])
  }
}

extension TransposedConvolutionLayer: TrainableLayer {
  /// The kernel and, where there is one, the bias.
  public var parameters: [Parameter] {
    [Parameter(name: "kernel", role: .kernel, values: operation.convolution.weights)]
      + Parameter.biases(operation.bias)
  }

  /// The cotangents of kernel and bias.
  ///
  /// - Throws: `GeometryError` when the input does not fit.
  public func parameterPullback(_ cotangent: Tensor, at site: Site) throws(GeometryError) -> [Tensor] {
    let result = try operation.weightPullback(cotangent, at: site.inputs[0])
    return [result.weights] + (result.bias.map { [$0] } ?? [])
  }
}

extension NormalizationLayer: TrainableLayer {
  /// The factors and summands that the layer has: none for one whose numbers are fixed.
  public var parameters: [Parameter] {
    let channels: Shape = [scaling.scale.count]
    let scale = trainedScale.map { Parameter(name: "gamma", role: .scale, values: Tensor(channels, $0)) }
    let offset = trainedOffset.map { Parameter(name: "beta", role: .offset, values: Tensor(channels, $0)) }
    return [scale, offset].compactMap { $0 }
  }

  /// The cotangents of factors and summands with the statistics that the layer has, as at inference.
  public func parameterPullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    let sums = ChannelSums.products(cotangent, site.inputs[0], around: scaling.center.map { Double($0) })
    let scale = zip(sums.products, divisors).map { Float($0 / $1) }
    return pulledBack(scale: scale, offset: sums.values.map { Float($0) })
  }

  /// The cotangents of those of factors and summands that the layer has.
  func pulledBack(scale: [Float], offset: [Float]) -> [Tensor] {
    let channels: Shape = [scaling.scale.count]
    return (trainedScale == nil ? [] : [Tensor(channels, scale)])
      + (trainedOffset == nil ? [] : [Tensor(channels, offset)])
  }
}

extension ElementScalingLayer: TrainableLayer {
  /// The factors and summands that are trained: none for a layer whose numbers are fixed.
  public var parameters: [Parameter] {
    [
      trainedScale.map { Parameter(name: "gamma", role: .scale, values: $0) },
      trainedShift.map { Parameter(name: "beta", role: .offset, values: $0) },
    ].compactMap { $0 }
  }

  /// The cotangents of factors and summands.
  public func parameterPullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    let scale = trainedScale.map { (cotangent * site.inputs[0]).summed(to: $0.shape) }
    return [scale, trainedShift.map { cotangent.summed(to: $0.shape) }].compactMap { $0 }
  }
}

extension ParametricReLULayer: TrainableLayer {
  /// The slopes.
  public var parameters: [Parameter] { [Parameter(name: "alpha", role: .slope, values: trainedSlopes)] }

  /// The cotangents of the slopes: the cotangents of the elements below zero, times the elements.
  public func parameterPullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    let below = cotangent.combined(with: site.inputs[0]) { $1 < 0 ? $0 * $1 : 0 }
    return [below.summed(to: trainedSlopes.shape)]
  }
}

extension Parameter {
  /// A bias as a list of no parameters or one.
  fileprivate static func biases(_ bias: Tensor?) -> [Parameter] {
    bias.map { [Parameter(name: "bias", role: .bias, values: $0)] } ?? []
  }
}

extension Convolution {
  /// Whether every input channel has kernels of its own.
  var isDepthwise: Bool { groups > 1 && groups == inputChannels }
}
