import SignalLens

/// An operation to be timed.
struct BenchmarkCase {
  let name: String
  /// Floating-point operations of one run: two for every product that is added.
  let operations: Int
  let run: () throws -> Void

  /// The operations that decide the speed of small signal and larger image networks.
  static func all() throws -> [BenchmarkCase] {
    let layers: [(name: String, inputs: Int, outputs: Int, kernel: [Int], extents: [Int], groups: Int)] = [
      ("image 3x3 3->32 at 224x224", 3, 32, [3, 3], [224, 224], 1),
      ("image 3x3 32->32 at 224x224", 32, 32, [3, 3], [224, 224], 1),
      ("image 3x3 64->64 at 112x112", 64, 64, [3, 3], [112, 112], 1),
      ("signal 5 1->25 at 40", 1, 25, [5], [40], 1),
      ("signal 3 25->25 at 40", 25, 25, [3], [40], 1),
      ("pointwise 64->64 at 56x56", 64, 64, [1, 1], [56, 56], 1),
      ("depthwise 3x3 64 at 112x112", 64, 64, [3, 3], [112, 112], 64),
      ("dense 1000->10", 1000, 10, [], [], 1),
      ("dense 6272->256", 6272, 256, [], [], 1),
    ]
    return try layers.flatMap { layer in
      try convolution(
        layer.name, layer.inputs, layer.outputs, layer.kernel, over: layer.extents, groups: layer.groups)
    } + Pooling.Kind.allCases.flatMap { try pooling($0) }
  }

  private static func convolution(
    _ name: String, _ inputs: Int, _ outputs: Int, _ kernel: [Int], over extents: [Int], groups: Int
  ) throws -> [BenchmarkCase] {
    let convolution = try Convolution(
      weights: noise(Shape(kernel + [inputs / groups, outputs])), bias: noise([outputs]),
      window: Window(kernel: kernel, padding: .same), groups: groups)
    let input = noise(Shape(batch: 1, spatial: extents, channels: inputs))
    let cotangent = noise(try convolution.outputShape(for: input.shape))
    let operations = 2 * cotangent.count * convolution.weights.count / outputs
    return [
      BenchmarkCase(name: "\(name), forward", operations: operations) { _ = try convolution(input) },
      BenchmarkCase(name: "\(name), pullback", operations: operations) {
        _ = try convolution.pullback(cotangent, input: input.shape)
      },
    ]
  }

  private static func pooling(_ kind: Pooling.Kind) throws -> [BenchmarkCase] {
    let pooling = Pooling(kind, over: Window(kernel: [2, 2], stride: [2, 2]))
    let input = noise([1, 224, 224, 32])
    let cotangent = noise(try pooling.outputShape(for: input.shape))
    let name = "\(kind) 2x2 of 32 at 224x224"
    return [
      BenchmarkCase(name: "\(name), forward", operations: input.count) { _ = try pooling(input) },
      BenchmarkCase(name: "\(name), pullback", operations: input.count) {
        _ = try pooling.pullback(cotangent, at: input)
      },
    ]
  }

  private static func noise(_ shape: Shape) -> Tensor {
    var generator = MersenneTwister(seed: 0)
    return Tensor(shape, (0..<shape.count).map { _ in Float.random(in: -1...1, using: &generator) })
  }
}
