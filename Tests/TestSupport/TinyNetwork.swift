import Networks
import TensorCore

/// A small network of random weights with any number of spatial axes:
/// convolution, ReLU, max-pooling, convolution, ReLU, flatten or the mean over all positions, dense, softmax.
///
/// With `leadingAxes` the same network, number by number, sees its input with axes of extent one in front.
package struct TinyNetwork {
  package var extents: [Int]
  package var channels = 2
  package var classes = 3
  package var leadingAxes = 0
  package var activation = Activation.relu()
  package var endsInSoftmax = true
  package var endsInGlobalMean = false
  package var seed: UInt32 = 1
  /// A layer that does nothing, put before everything else.
  package var probe: (any Layer)?

  package init(extents: [Int]) { self.extents = extents }

  /// A network with a given number of spatial axes.
  package init(rank: Int) { self.init(extents: Array([12, 6, 5].prefix(rank))) }

  /// The shape of one item.
  package var inputShape: Shape { Shape(batch: 1, spatial: ones + extents, channels: channels) }

  /// An item of random numbers.
  package func input(seed: UInt32 = 7) -> Tensor { Tensor(inputShape, seed: seed) }

  package func model() throws -> Model {
    var builder = ModelBuilder(name: "tiny")
    var last = try builder.add(InputLayer(shape: inputShape), name: "input")
    func add(_ layer: any Layer, _ name: String) throws {
      last = try builder.add(layer, name: name, after: [last])
    }
    if let probe { try add(probe, "probe") }
    try add(convolution(kernel: 3, from: channels, to: 4, padding: .same, seed: seed), "conv")
    try add(ActivationLayer(activation), "conv-activation")
    let pair = Window(kernel: ones + extents.map { _ in 2 }, stride: ones + extents.map { _ in 2 })
    try add(PoolingLayer(Pooling(.maximum, over: pair)), "pool")
    try add(convolution(kernel: 2, from: 4, to: 5, padding: .valid, seed: seed &+ 1), "conv-2")
    try add(ActivationLayer(activation), "conv-2-activation")
    if endsInGlobalMean {
      try add(GlobalPoolingLayer(.average), "mean")
    } else {
      try add(FlattenLayer(), "flatten")
    }
    let features = builder.shape(of: last).itemCount
    let dense = try Convolution(
      weights: Tensor([features, classes], seed: seed &+ 2), bias: Tensor([classes], seed: seed &+ 3),
      window: Window(kernel: []))
    try add(ConvolutionLayer(dense), "dense")
    if endsInSoftmax { try add(SoftmaxLayer(), "softmax") }
    return try builder.model()
  }

  private var ones: [Int] { Array(repeating: 1, count: leadingAxes) }

  private func convolution(
    kernel: Int, from inputs: Int, to outputs: Int, padding: Padding, seed: UInt32
  ) throws -> ConvolutionLayer {
    let window = Window(kernel: ones + extents.map { _ in kernel }, padding: padding)
    let weights = Tensor(Shape(window.kernel + [inputs, outputs]), seed: seed, from: -0.5, to: 0.5)
    let bias = Tensor([outputs], seed: seed &+ 100, from: -0.2, to: 0.2)
    return ConvolutionLayer(try Convolution(weights: weights, bias: bias, window: window))
  }
}
