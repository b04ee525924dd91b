import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct TrainingPassTests {
  /// The loss `sum(weights * value)` with its cotangent, in 64 bits.
  private func weighted(_ weights: Tensor) -> (Tensor) -> (loss: Double, cotangent: Tensor) {
    { value in ((value * weights).sum, weights) }
  }

  /// A smooth network: strides, dilation, groups and a transposed convolution over any number of axes.
  private func smooth(rank: Int) throws -> Model {
    var builder = ModelBuilder(name: "smooth")
    let extents = Array([9, 8, 7].prefix(rank))
    var last = try builder.add(
      InputLayer(shape: Shape(batch: 1, spatial: extents, channels: 2)), name: "input")
    func add(_ layer: any Layer) throws {
      last = try builder.add(layer, name: "\(last + 1)", after: [last])
    }
    func convolution(_ kernel: Int, _ inputs: Int, _ window: Window, groups: Int = 1) throws -> any Layer {
      let shape = Shape(extents.map { _ in kernel } + [inputs / groups, 4])
      return ConvolutionLayer(
        try Convolution(
          weights: Tensor(shape, seed: UInt32(last), from: -0.3, to: 0.3),
          bias: Tensor([4], seed: UInt32(last + 9)), window: window, groups: groups))
    }
    let ones = extents.map { _ in 1 }
    try add(
      convolution(
        3, 2, Window(kernel: ones.map { 3 * $0 }, stride: ones.map { 2 * $0 }, padding: .same)))
    try add(ActivationLayer(.tanh))
    try add(
      convolution(2, 4, Window(kernel: ones.map { 2 * $0 }, dilation: ones.map { 2 * $0 }), groups: 2))
    try add(ActivationLayer(.tanh))
    let back = try TransposedConvolution(
      weights: Tensor(Shape(extents.map { _ in 2 } + [3, 4]), seed: 31), bias: Tensor([3], seed: 32),
      window: Window(kernel: ones.map { 2 * $0 })
    ) { $0.map { $0 + 1 } }
    try add(TransposedConvolutionLayer(back))
    try add(ActivationLayer(.tanh))
    try add(GlobalPoolingLayer(.average))
    try add(
      ConvolutionLayer(
        Convolution(
          weights: Tensor([3, 3], seed: 40), bias: Tensor([3], seed: 41), window: Window(kernel: []))
      ))
    return try builder.model()
  }

  /// The gradients agree with differences of the loss along random directions.
  @Test(arguments: 1...3) func agreesWithDifferences(rank: Int) throws {
    let model = try smooth(rank: rank)
    let input = Tensor(model.inputShape.with(batch: 4), seed: 3)
    let loss = weighted(Tensor([4, 3], seed: 4))
    let trained = Set(model.trainableNodes)
    let pass = try model.trainingPass([input], seed: 0, training: trained, loss: loss)
    #expect(try pass.value == model.values(of: [model.head.logits], at: [input])[0])
    for id in model.trainableNodes {
      let layer = try #require(model.nodes[id].layer as? any TrainableLayer)
      let gradients = try #require(pass.gradients[id])
      for (index, parameter) in layer.parameters.enumerated() {
        let direction = Tensor(parameter.values.shape, seed: UInt32(10 + index))
        func moved(_ step: Float) throws -> Double {
          var position = 0
          let other = try layer.replacingParameters { old in
            defer { position += 1 }
            return position == index ? old + direction * step : old
          }
          let model = model.replacing([id: other])
          return try model.trainingPass([input], seed: 0, training: [], loss: loss).loss
        }
        let step: Float = 1.0 / 64
        let difference = try (moved(step) - moved(-step)) / Double(2 * step)
        let derivative = (gradients[index] * direction).sum
        let bound = 1e-3 * max(1, abs(difference))
        #expect(abs(difference - derivative) < bound, "\(parameter.name) of node \(id)")
      }
    }
  }
}
