import Networks
import TensorCore

extension RecipeLayer {
  /// The operations of the layer, with weights that are all zero.
  ///
  /// - Parameters:
  ///   - name: The name of the layer, for messages.
  ///   - input: The shape of its input, `[1, spatial..., channels]`.
  /// - Returns: One operation or several, one behind the other.
  /// - Throws: `ModelError` when the layer does not fit.
  func operations(named name: String, for input: Shape) throws(ModelError) -> [any Layer] {
    do throws(GeometryError) {
      return try linear(for: input) + (activation.layer.map { [$0] } ?? [])
    } catch {
      throw .layerDoesNotFit(layer: name, input: input.item, reason: error)
    }
  }

  private func linear(for input: Shape) throws(GeometryError) -> [any Layer] {
    let (axes, channels) = (input.spatial.count, input.channels)
    func bias(_ count: Int) -> Tensor? { hasBias ? Tensor([count]) : nil }
    func convolution(
      _ window: Window, from source: Int, to target: Int, groups: Int = 1, bias: Tensor?
    ) throws(GeometryError) -> any Layer {
      guard source % groups == 0 else { throw .groupMismatch(channels: source, groups: groups) }
      let weights = Tensor(Shape(window.kernel + [source / groups, target]))
      return ConvolutionLayer(try Convolution(weights: weights, bias: bias, window: window, groups: groups))
    }
    switch kind {
    case .convolution(let taps, let filters, let groups):
      let window = try taps.window(over: axes)
      return [try convolution(window, from: channels, to: filters, groups: groups, bias: bias(filters))]
    case .depthwise(let taps, let multiplier):
      let count = channels * multiplier
      let window = try taps.window(over: axes)
      return [try convolution(window, from: channels, to: count, groups: channels, bias: bias(count))]
    case .separable(let taps, let filters, let multiplier):
      let count = channels * multiplier
      let point = Window(kernel: Array(repeating: 1, count: axes))
      return [
        try convolution(try taps.window(over: axes), from: channels, to: count, groups: channels, bias: nil),
        try convolution(point, from: count, to: filters, bias: bias(filters)),
      ]
    case .transposed(let taps, let filters):
      let window = try taps.window(over: axes)
      let weights = Tensor(Shape(window.kernel + [filters, channels]))
      let operation = try TransposedConvolution(weights: weights, bias: bias(filters), window: window) {
        extents in
        extents.indices.map { axis in
          let stride = window.stride[axis]
          let reach = (extents[axis] - 1) * stride + max(window.kernel[axis], stride)
          return window.padding == .same ? extents[axis] * stride : reach
        }
      }
      return [TransposedConvolutionLayer(operation)]
    case .dense(let units):
      return [try convolution(Window(kernel: []), from: channels, to: units, bias: bias(units))]
    case .pooling(let kind, let taps): return [PoolingLayer(Pooling(kind, over: try taps.window(over: axes)))]
    case .globalPooling(let kind): return [GlobalPoolingLayer(kind)]
    case .batchNormalization(let momentum, let epsilon):
      let (zeros, ones) = ([Float](repeating: 0, count: channels), [Float](repeating: 1, count: channels))
      return [
        NormalizationLayer(
          BatchNormalization(
            gamma: ones, beta: zeros, mean: zeros, variance: ones, epsilon: epsilon, momentum: momentum))
      ]
    case .dropout(let rate, let wholeChannels):
      return [DropoutLayer(rate: rate, of: wholeChannels ? .channel : .element)]
    case .noise(let deviation): return [GaussianNoiseLayer(deviation: deviation)]
    case .activation: return activation == .linear ? [ActivationLayer(.linear)] : []
    case .flatten: return [FlattenLayer()]
    }
  }

  /// What Keras calls the kind of layer.
  ///
  /// - Parameter axes: The number of spatial axes of the model's input.
  /// - Returns: The name of the class.
  func kerasClass(axes: Int) -> String {
    switch kind {
    case .convolution: "Conv\(axes)D"
    case .depthwise: "DepthwiseConv\(axes)D"
    case .separable: "SeparableConv\(axes)D"
    case .transposed: "Conv\(axes)DTranspose"
    case .dense: "Dense"
    case .pooling(let kind, _): "\(kind == .maximum ? "Max" : "Average")Pooling\(axes)D"
    case .globalPooling(let kind): "Global\(kind == .maximum ? "Max" : "Average")Pooling\(axes)D"
    case .batchNormalization: "BatchNormalization"
    case .dropout(_, let wholeChannels): wholeChannels ? "SpatialDropout\(axes)D" : "Dropout"
    case .noise: "GaussianNoise"
    case .activation: "Activation"
    case .flatten: "Flatten"
    }
  }
}

extension RecipeLayer.Taps {
  /// The window for a number of spatial axes.
  ///
  /// - Throws: `GeometryError.rankMismatch` when there are numbers for another number of axes.
  fileprivate func window(over axes: Int) throws(GeometryError) -> Window {
    for numbers in [kernel, stride, dilation] where numbers.count != 1 && numbers.count != axes {
      throw .rankMismatch(window: numbers.count, input: axes)
    }
    func each(_ numbers: [Int]) -> [Int] {
      numbers.count == 1 ? Array(repeating: numbers[0], count: axes) : numbers
    }
    guard axes > 0 else { throw .rankMismatch(window: 1, input: 0) }
    return Window(kernel: each(kernel), stride: each(stride), dilation: each(dilation), padding: padding)
  }
}
