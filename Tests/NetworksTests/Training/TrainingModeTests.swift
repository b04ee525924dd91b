import Networks
import TensorCore
import TestSupport
import Testing

/// What acts in training alone, and what is frozen.
@Suite struct TrainingModeTests {
  private func dense(_ inputs: Int, _ outputs: Int, seed: UInt32) throws -> ConvolutionLayer {
    ConvolutionLayer(
      try Convolution(
        weights: Tensor([inputs, outputs], seed: seed), bias: Tensor([outputs], seed: seed + 1),
        window: Window(kernel: [])))
  }

  private func chain(_ shape: Shape, _ layers: [any Layer]) throws -> Model {
    var builder = ModelBuilder(name: "chain")
    var last = try builder.add(InputLayer(shape: shape), name: "x")
    for (index, layer) in layers.enumerated() {
      last = try builder.add(layer, name: "\(index + 1)", layerClass: "Odd", after: [last])
    }
    return try builder.model()
  }

  /// The loss is the sum of the value.
  private func sum(_ value: Tensor) -> (loss: Double, cotangent: Tensor) {
    (value.sum, Tensor(value.shape, repeating: 1))
  }

  /// The gradient flows where the forward pass left something.
  @Test(arguments: Dropout.Unit.allCases) func dropoutActsInTrainingAlone(unit: Dropout.Unit) throws {
    let model = try chain([1, 5, 4], [dense(4, 4, seed: 1), DropoutLayer(rate: 0.5, of: unit)])
    let input = Tensor([8, 5, 4], seed: 2)
    let before = try model.predict(input)
    #expect(try before == model.values(of: [1], at: [input])[0])
    let pass = try model.trainingPass([input], seed: 3, training: [1], loss: sum)
    let kept: [Float] = pass.value.values.map { $0 != 0 ? 2 : 0 }
    #expect(pass.value.values == zip(before.values, kept).map { $0 * $1 })
    #expect(Set(kept) == [0, 2])
    // The bias of output channel c gets the factors at all positions of that channel.
    let bias = (0..<4).map { channel in
      kept.enumerated().filter { $0.offset % 4 == channel }.reduce(Float(0)) { $0 + $1.element }
    }
    #expect(pass.gradients[1]?[1].values == bias)
    let again = try model.trainingPass([input], seed: 3, training: [1], loss: sum)
    #expect(again.value == pass.value && again.gradients[1] == pass.gradients[1])
    #expect(try model.trainingPass([input], seed: 4, training: [1], loss: sum).value != pass.value)
  }

  @Test func noiseActsInTrainingAlone() throws {
    let model = try chain([1, 400], [GaussianNoiseLayer(deviation: 0.5), dense(400, 2, seed: 1)])
    let input = Tensor([5, 400], repeating: 1)
    #expect(try model.values(of: [1], at: [input])[0] == input)
    let noise = try model.trainingPass([input], seed: 1, from: 1, training: [], loss: sum).value - input
    let variance = noise.values.reduce(0.0) { $0 + Double($1) * Double($1) } / 2000
    #expect(abs(variance - 0.25) < 0.04)
    #expect(abs(noise.sum / 2000) < 0.05)
  }

  /// Two items of one channel, 1 and 5: mean 3, variance 4, so that with epsilon zero they become -1 and 1.
  @Test func batchStatisticsByHand() throws {
    let batch = BatchNormalization(
      gamma: [2], beta: [1], mean: [10], variance: [8], epsilon: 0, momentum: 0.75)
    let model = try chain([1, 1], [NormalizationLayer(batch), dense(1, 1, seed: 1)])
    let input = Tensor([2, 1], [1, 5])
    func loss(_ value: Tensor) -> (loss: Double, cotangent: Tensor) { (0, Tensor([2, 1], [1, 3])) }
    let pass = try model.trainingPass([input], seed: 0, from: 1, training: [1], loss: loss)
    #expect(pass.value == Tensor([2, 1], [-1, 3]))
    // gamma: -1 * 1 + 1 * 3, beta: 1 + 3.
    #expect(pass.gradients[1] == [Tensor([1], [2]), Tensor([1], [4])])
    let moved = try #require((pass.updated[1] as? NormalizationLayer)?.batchNormalization)
    // 0.75 * 10 + 0.25 * 3 and 0.75 * 8 + 0.25 * 4.
    #expect(moved.mean == [8.25] && moved.variance == [7])
    // Frozen it acts as at inference, and nothing moves.
    let frozen = try model.trainingPass([input], seed: 0, from: 1, training: [], loss: loss)
    #expect(try frozen.value == model.values(of: [1], at: [input])[0])
    #expect(frozen.updated.isEmpty && frozen.gradients.isEmpty)
  }

  @Test func nothingBeforeTheFirstTrainedLayerIsRunBackward() throws {
    let probes = (0..<3).map { _ in CountingLayer() }
    let model = try chain(
      [1, 4],
      [probes[0], dense(4, 4, seed: 1), probes[1], dense(4, 3, seed: 2), probes[2], dense(3, 2, seed: 3)])
    let input = Tensor([2, 4], seed: 1)
    let pass = try model.trainingPass([input], seed: 0, training: [4], loss: sum)
    #expect(probes.map(\.counts.forward) == [1, 1, 1])
    #expect(probes.map(\.counts.pullback) == [0, 0, 1])
    let all = try model.trainingPass([input], seed: 0, training: [2, 4, 6], loss: sum)
    #expect(Set(all.gradients.keys) == [2, 4, 6])
    #expect(all.gradients[4] == pass.gradients[4])
    #expect(probes.map(\.counts.pullback) == [0, 1, 2])
  }

  /// Plans are kept for other weights, but not where a frozen normalisation has become part of a frozen convolution.
  @Test func replacedLayersCount() throws {
    func normalization(_ scale: Float) -> NormalizationLayer {
      NormalizationLayer(
        BatchNormalization(
          gamma: [scale, 1, 1], beta: [1, 0, 2], mean: [0, 1, 0], variance: [1, 1, 2]))
    }
    func layers(_ seed: UInt32, _ scale: Float) throws -> [any Layer] {
      try [
        dense(2, 3, seed: seed), normalization(scale), ActivationLayer(.relu()), dense(3, 2, seed: seed + 5),
      ]
    }
    let (first, second) = (try layers(1, 1), try layers(30, 2))
    let model = try chain([1, 4, 2], first)
    let fresh = try chain([1, 4, 2], second)
    let input = Tensor([3, 4, 2], seed: 4)
    for trained: Set<Int> in [[4], [1, 2, 4]] {
      _ = try model.trainingPass([input], seed: 0, training: trained, loss: sum)
      let other = model.replacing([1: second[0], 2: second[1], 4: second[3]])
      let found = try other.trainingPass([input], seed: 0, training: trained, loss: sum)
      let expected = try fresh.trainingPass([input], seed: 0, training: trained, loss: sum)
      #expect(found.value == expected.value)
      #expect(found.gradients == expected.gradients)
    }
  }

  /// The gradients of a layer used twice are those of its uses together, and both uses get new numbers.
  @Test func usesOfALayerStayOne() throws {
    var builder = ModelBuilder(name: "twice")
    let x = try builder.add(InputLayer(shape: [1, 3]), name: "x")
    let a = try builder.add(dense(3, 3, seed: 1), name: "a", after: [x])
    let b = try builder.add(dense(3, 3, seed: 7), name: "b", after: [a])
    let second = try builder.add(dense(3, 3, seed: 1), name: "a/2", isShared: true, after: [b])
    let model = try builder.model()
    #expect(model.trainableNodes == [a, b])
    let input = Tensor([2, 3], seed: 1)
    let pass = try model.trainingPass([input], seed: 0, training: [a, b], loss: sum)
    let apart = try chain([1, 3], [dense(3, 3, seed: 1), dense(3, 3, seed: 7), dense(3, 3, seed: 1)])
    let parts = try apart.trainingPass([input], seed: 0, training: [1, 2, 3], loss: sum)
    let (one, three) = (try #require(parts.gradients[1]), try #require(parts.gradients[3]))
    #expect(pass.gradients[a] == zip(three, one).map { $0 + $1 })
    let other = model.replacing([a: try dense(3, 3, seed: 20)])
    for id in [a, second] {
      let layer = try #require(other.nodes[id].layer as? ConvolutionLayer)
      #expect(try layer.convolution.weights == dense(3, 3, seed: 20).convolution.weights)
    }
  }

  @Test func layersThatCannotBeTrainedAreNamed() throws {
    let table = EmbeddingLayer(Embedding(Tensor([4, 2], seed: 8)))
    let model = try chain([1, 3], [table, FlattenLayer(), dense(6, 2, seed: 1)])
    let input = Tensor([1, 3], [0, 3, 1])
    #expect(model.trainableNodes == [3])
    #expect(try model.trainingPass([input], seed: 0, training: [3], loss: sum).gradients[3]?.count == 2)
    let said = sentence { _ = try model.trainingPass([input], seed: 0, training: [1, 3], loss: sum) }
    #expect(
      said
        == "layer '1' (Odd) cannot be trained: it has no trained numbers or gives no gradients of them; "
        + "leave it frozen")
    #expect(ModelError.notTrainable(layer: "a", layerClass: "").failureClass == .usage)
  }
}
