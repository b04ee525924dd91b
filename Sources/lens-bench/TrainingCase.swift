import SignalLens

/// A training to be timed.
struct TrainingCase: Sendable {
  let name: String
  let items: Int
  let batch: Int
  let model: @Sendable () throws -> Model

  /// The network of data/models/mnist1d-cnn.h5 and the reference architecture for images, with random weights.
  static let all = [
    TrainingCase(name: "train-mnist1d", items: 4000, batch: 100) {
      try network(
        [1, 40, 1], convolutions: [(25, [5]), (25, [3]), (25, [3])], pooledBehind: [], end: FlattenLayer(),
        classes: 10)
    },
    TrainingCase(name: "train-vgg7", items: 64, batch: 16) {
      try network(
        [1, 224, 224, 3], convolutions: [32, 32, 64, 64].map { ($0, [3, 3]) }, pooledBehind: [1, 3],
        end: GlobalPoolingLayer(.average), classes: 8)
    },
  ]

  /// The times of some epochs of Adam on random items.
  func secondsPerEpoch(epochs: Int) throws -> [Double] {
    let model = try model()
    var generator = MersenneTwister(seed: 0)
    let shape = model.inputShape.with(batch: items)
    let classes = model.head.classes
    let data = try TensorData(
      Tensor(shape, (0..<shape.count).map { _ in Float.random(in: -1...1, using: &generator) }),
      labels: (0..<items).map { $0 % classes }, classes: classes)
    var settings = TrainingSettings()
    settings.epochs = epochs
    settings.batchSize = batch
    let trainer = try Trainer(settings, training: data)
    var state = try trainer.start(from: model)
    try trainer.run(&state)
    return state.history.epochs.map(\.seconds)
  }

  private static func network(
    _ input: Shape, convolutions: [(filters: Int, kernel: [Int])], pooledBehind: Set<Int>, end: any Layer,
    classes: Int
  ) throws -> Model {
    var builder = ModelBuilder(name: "bench")
    var last = try builder.add(InputLayer(shape: input), name: "input")
    for (index, layer) in convolutions.enumerated() {
      let weights = Tensor(Shape(layer.kernel + [builder.shape(of: last).channels, layer.filters]))
      let convolution = try Convolution(
        weights: weights, bias: Tensor([layer.filters]), window: Window(kernel: layer.kernel, padding: .same))
      last = try builder.add(ConvolutionLayer(convolution), name: "convolution\(index)", after: [last])
      last = try builder.add(ActivationLayer(.relu()), name: "relu\(index)", after: [last])
      guard pooledBehind.contains(index) else { continue }
      let halves = Window(kernel: layer.kernel.map { _ in 2 }, stride: layer.kernel.map { _ in 2 })
      last = try builder.add(
        PoolingLayer(Pooling(.maximum, over: halves)), name: "pooling\(index)", after: [last])
    }
    last = try builder.add(end, name: "end", after: [last])
    let dense = try Convolution(
      weights: Tensor([builder.shape(of: last).channels, classes]), bias: Tensor([classes]),
      window: Window(kernel: []))
    last = try builder.add(ConvolutionLayer(dense), name: "dense", after: [last])
    try builder.add(SoftmaxLayer(), name: "softmax", after: [last])
    return try builder.model().initialized(seed: 0)
  }
}
