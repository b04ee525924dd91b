import Networks
import TensorCore
import TestSupport
import Testing

/// Receptive fields worked out by hand: size += (kernel - 1) * dilation * stride, stride *= stride of the layer.
@Suite struct ReceptiveFieldTests {
  private func field(_ size: Int, _ stride: Double) -> ReceptiveField {
    .init([.window(size: size, stride: stride)])
  }

  private let all = ReceptiveField([.all])

  private func window(_ kernel: Int, _ stride: Int = 1, _ dilation: Int = 1, _ padding: Padding = .valid)
    -> Window
  {
    Window(kernel: [kernel], stride: [stride], dilation: [dilation], padding: padding)
  }

  private func convolution(_ window: Window, _ channels: Int = 1) throws -> ConvolutionLayer {
    ConvolutionLayer(
      try Convolution(weights: Tensor(Shape(window.kernel + [channels, channels])), window: window))
  }

  private func pooling(_ kernel: Int, _ stride: Int) -> PoolingLayer {
    PoolingLayer(Pooling(.maximum, over: window(kernel, stride)))
  }

  /// The fields of the layers of a chain over a signal.
  private func chain(_ layers: [any Layer], length: Int = 64) throws -> [ReceptiveField?] {
    var builder = ModelBuilder(name: "chain")
    var last = try builder.add(InputLayer(shape: [1, length, 1]), name: "input")
    for (index, layer) in layers.enumerated() {
      last = try builder.add(layer, name: "layer-\(index)", after: [last])
    }
    return Array(try builder.model().receptiveFields().dropFirst())
  }

  @Test func convolutionsAndPoolings() throws {
    let fields = try chain([
      convolution(window(5, 1, 1, .same)), pooling(2, 2), convolution(window(3)), ActivationLayer(.relu()),
      convolution(window(3, 2, 1, .same)), convolution(window(3, 1, 2)), FlattenLayer(),
    ])
    // 5; 5 + 1 = 6; 6 + 2 * 2 = 10; the same; 10 + 2 * 2 = 14 with stride 4; 14 + 2 * 2 * 4 = 30.
    #expect(
      fields == [field(5, 1), field(6, 2), field(10, 2), field(10, 2), field(14, 4), field(30, 4), all])
  }

  @Test func axesHaveFieldsOfTheirOwn() throws {
    var builder = ModelBuilder(name: "image")
    let input = try builder.add(InputLayer(shape: [1, 20, 30, 1]), name: "input")
    let window = Window(kernel: [3, 5], stride: [1, 2])
    let layer = ConvolutionLayer(try Convolution(weights: Tensor([3, 5, 1, 1]), window: window))
    let first = try builder.add(layer, name: "a", after: [input])
    let second = try builder.add(layer, name: "b", after: [first])
    try builder.add(GlobalPoolingLayer(.average), name: "mean", after: [second])
    let fields = try builder.model().receptiveFields()
    #expect(fields[1] == .init([.window(size: 3, stride: 1), .window(size: 5, stride: 2)]))
    #expect(fields[2] == .init([.window(size: 5, stride: 1), .window(size: 13, stride: 4)]))
    #expect(fields[3] == .init([.all, .all]))
  }

  /// Both branches are 3 wide, but one looks back and the other to both sides: cells p - 2 to p, and p - 1 to p + 1, are 4 together.
  @Test func branchesAreJoinedWhereTheyLie() throws {
    var builder = ModelBuilder(name: "branches")
    let input = try builder.add(InputLayer(shape: [1, 16, 1]), name: "input")
    let back = try builder.add(convolution(window(3, 1, 1, .causal)), name: "causal", after: [input])
    let around = try builder.add(convolution(window(3, 1, 1, .same)), name: "same", after: [input])
    let sum = try builder.add(MergeLayer(.add), name: "sum", after: [back, around])
    let joined = try builder.add(ConcatenationLayer(axis: 2), name: "channels", after: [sum, input])
    try builder.add(ConcatenationLayer(axis: 1), name: "behind", after: [joined, joined])
    #expect(
      try builder.model().receptiveFields() == [
        field(1, 1), field(3, 1), field(3, 1), field(4, 1), field(4, 1), all,
      ])
  }

  @Test func upsamplingMakesStridesSmaller() throws {
    let twice = AxisMatrix(
      columns: 32, rows: (0..<64).map { [AxisMatrix.Element(column: $0 / 2, weight: 1)] })
    let transposed = TransposedConvolutionLayer(
      try TransposedConvolution(weights: Tensor([4, 1, 1]), window: window(4, 2, 1, .same)) {
        $0.map { $0 * 2 }
      })
    let fields = try chain([pooling(2, 2), ResamplingLayer([twice]), pooling(2, 2), transposed])
    // The transposed window of 4 taps and stride 2 lets every position see 2 of the positions, 2 cells apart.
    #expect(fields == [field(2, 2), field(2, 1), field(3, 2), field(5, 1)])
  }

  @Test func marginsMoveTheWindowOnly() throws {
    let margins = [Padding.Margin(low: 2, high: 1)]
    let fields = try chain([ZeroPaddingLayer(margins), convolution(window(4)), CroppingLayer(margins)])
    #expect(fields == [field(1, 1), field(4, 1), field(4, 1)])
  }

  /// A dense layer over the channels keeps positions apart until the positions are the channels.
  @Test func denseLayersSeeWhatTheirChannelsAre() throws {
    var builder = ModelBuilder(name: "dense")
    let input = try builder.add(InputLayer(shape: [1, 4, 3]), name: "input")
    let channels = ConvolutionLayer(try Convolution(weights: Tensor([3, 3]), window: Window(kernel: [])))
    let steps = ConvolutionLayer(try Convolution(weights: Tensor([4, 2]), window: Window(kernel: [])))
    let first = try builder.add(channels, name: "channels", after: [input])
    let turned = try builder.add(PermutationLayer(order: [0, 2, 1]), name: "turned", after: [first])
    try builder.add(steps, name: "steps", after: [turned])
    #expect(try builder.model().receptiveFields() == [field(1, 1), field(1, 1), field(1, 1), all])
  }

  @Test func everyInputHasItsOwn() throws {
    var builder = ModelBuilder(name: "two")
    let signal = try builder.add(InputLayer(shape: [1, 8, 1]), name: "signal")
    let facts = try builder.add(InputLayer(shape: [1, 3]), name: "facts")
    let flat = try builder.add(FlattenLayer(), name: "flat", after: [signal])
    try builder.add(ConcatenationLayer(axis: 1), name: "both", after: [flat, facts])
    let model = try builder.model()
    #expect(model.receptiveFields(ofInput: 0) == [field(1, 1), nil, all, all])
    #expect(model.receptiveFields(ofInput: 1) == [nil, .init([]), nil, .init([])])
  }
}
