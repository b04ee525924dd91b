import Networks
import TensorCore
import TestSupport
import Testing

/// Batches of small items that are divided over threads by items.
@Suite struct TrainingPartsTests {
  /// Two convolutions and a dense layer with what is put between them.
  private func model(_ between: [any Layer], seed: UInt32 = 1) throws -> Model {
    var builder = ModelBuilder(name: "small")
    var last = try builder.add(InputLayer(shape: [1, 31, 2]), name: "x")
    func add(_ layer: any Layer) throws {
      last = try builder.add(layer, name: "\(last + 1)", after: [last])
    }
    func convolution(_ inputs: Int, _ window: Window) throws -> any Layer {
      let bound = 1 / (3 * Double(inputs)).squareRoot()
      return ConvolutionLayer(
        try Convolution(
          weights: Tensor(
            Shape(window.kernel + [inputs, 34]), seed: seed + UInt32(last), from: -bound, to: bound),
          bias: Tensor([34], seed: seed + 50, from: -0.1, to: 0.1), window: window))
    }
    try add(convolution(2, Window(kernel: [5], padding: .same)))
    try add(ActivationLayer(.relu()))
    try add(convolution(34, Window(kernel: [3], padding: .same)))
    try add(ActivationLayer(.relu(maximum: 6)))
    try add(FlattenLayer())
    for layer in between { try add(layer) }
    try add(
      ConvolutionLayer(
        Convolution(
          weights: Tensor([31 * 34, 7], seed: seed + 60, from: -0.1, to: 0.1), bias: Tensor([7], seed: 61),
          window: Window(kernel: []))))
    return try builder.model()
  }

  /// The loss `sum(weights * value)` with its cotangent.
  private func weighted(_ weights: Tensor) -> (Tensor) -> (loss: Double, cotangent: Tensor) {
    { value in ((value * weights).sum, weights) }
  }

  private func expectClose(_ found: [Tensor], _ expected: [[Double]], bound: Double = 2e-6) {
    for (found, expected) in zip(found, expected) {
      let largest = expected.reduce(0) { max($0, abs($1)) }
      let error = zip(found.values, expected).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
      #expect(error < bound * largest, "\(found.shape)")
    }
  }

  /// An item by itself is a batch of one part.
  @Test(arguments: [59, 64]) func gradientsAreThoseOfTheItemsTogether(batch: Int) throws {
    let model = try model([])
    let trained = Set(model.trainableNodes)
    #expect(model.trainingParts(ofBatch: batch, training: trained) > 2)
    #expect(model.trainingParts(ofBatch: 1, training: trained) == 1)
    let input = Tensor([batch, 31, 2], seed: 5)
    let weights = Tensor([batch, 7], seed: 6)
    let pass = try model.trainingPass([input], seed: 0, training: trained, loss: weighted(weights))
    var sums: [Model.Node.ID: [[Double]]] = [:]
    for item in 0..<batch {
      let own = try model.trainingPass(
        [input.item(item)], seed: 0, training: trained, loss: weighted(weights.item(item)))
      #expect(own.value == pass.value.item(item))
      for (id, gradients) in own.gradients {
        let values = gradients.map { $0.values.map { Double($0) } }
        sums[id] = sums[id].map { zip($0, values).map { zip($0, $1).map { $0 + $1 } } } ?? values
      }
    }
    #expect(pass.gradients.count == 3)
    for (id, gradients) in pass.gradients { expectClose(gradients, try #require(sums[id])) }
  }

  /// Noise has to see the whole batch, and with a deviation of zero changes nothing.
  @Test(arguments: Dropout.Unit.allCases) func partsDropWhatTheWholeBatchDrops(unit: Dropout.Unit) throws {
    let dropout = DropoutLayer(rate: 0.3, of: unit)
    let (divided, whole) = (
      try model([dropout, IdentityLayer()]), try model([dropout, GaussianNoiseLayer(deviation: 0)])
    )
    let trained = Set(divided.trainableNodes)
    #expect(divided.trainingParts(ofBatch: 59, training: trained) > 2)
    #expect(whole.trainingParts(ofBatch: 59, training: trained) == 1)
    let input = Tensor([59, 31, 2], seed: 5)
    let loss = weighted(Tensor([59, 7], seed: 6))
    let found = try divided.trainingPass([input], seed: 8, training: trained, loss: loss)
    let expected = try whole.trainingPass([input], seed: 8, training: trained, loss: loss)
    #expect(found.value == expected.value)
    let undropped = try model([]).trainingPass([input], seed: 8, training: [], loss: loss)
    #expect(found.value != undropped.value)
    for (id, gradients) in expected.gradients {
      expectClose(try #require(found.gradients[id]), gradients.map { $0.values.map { Double($0) } })
    }
  }

  @Test func theNumberOfThreadsChangesNothing() throws {
    let model = try model([DropoutLayer(rate: 0.2)])
    let trained = Set(model.trainableNodes)
    let input = Tensor([59, 31, 2], seed: 5)
    let loss = weighted(Tensor([59, 7], seed: 6))
    let before = Threads.count
    defer { Threads.count = before }
    let passes = try [1, 2, 3, 7].map { threads in
      Threads.count = threads
      return try model.trainingPass([input], seed: 8, training: trained, loss: loss)
    }
    for pass in passes {
      #expect(pass.value == passes[0].value && pass.gradients == passes[0].gradients)
    }
  }

  /// Statistics of a batch are those of all its items, and moving ones are the item's own affair.
  @Test func batchesWhoseStatisticsAreTakenStayWhole() throws {
    let ones = [Float](repeating: 1, count: 1054)
    let normalization = NormalizationLayer(
      BatchNormalization(gamma: ones, beta: ones, mean: ones, variance: ones))
    let model = try model([normalization])
    let trained = Set(model.trainableNodes)
    let node = try #require(trained.first { model.nodes[$0].layer is NormalizationLayer })
    #expect(model.trainingParts(ofBatch: 59, training: trained) == 1)
    #expect(model.trainingParts(ofBatch: 59, training: trained.subtracting([node])) > 2)
  }

  /// What a layer cannot take is reported as in a batch that is not divided.
  @Test func inputsThatDoNotFitAreRefused() throws {
    let model = try model([])
    let said = sentence {
      _ = try model.trainingPass(
        [Tensor([59, 30, 2])], seed: 0, training: Set(model.trainableNodes),
        loss: weighted(Tensor([59, 7])))
    }
    #expect(said.contains("30"), "\(said)")
  }
}
