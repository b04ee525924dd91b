import Networks
import TensorCore
import TestSupport
import Testing

/// Every kind of trained layer: all its numbers are handed out, and what is put in their place is what it computes with.
@Suite struct TrainedLayerTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var layer: any Layer
    var inputs: [Tensor]
    /// The extents of its arrays, in their order.
    var arrays: [Shape]
    /// Arrays that the output does not depend on.
    var unseen: [Int] = []
  }

  private static func dense(_ inputs: Int, _ outputs: Int, seed: UInt32) throws -> Convolution {
    try Convolution(
      weights: Tensor([inputs, outputs], seed: seed), bias: Tensor([outputs], seed: seed + 1),
      window: Window(kernel: []))
  }

  private static func weights(gates: Int, from inputs: Int = 3) throws -> RecurrentWeights {
    let recurrent = try Convolution(weights: Tensor([2, gates * 2], seed: 9), window: Window(kernel: []))
    return try RecurrentWeights(
      input: dense(inputs, gates * 2, seed: 4), recurrent: recurrent, gates: gates)
  }

  private static func recurrent(gates: Int) -> [Shape] { [[3, gates * 2], [gates * 2], [2, gates * 2]] }

  static let cases: [Case] = {
    do {
      let (x, row) = (Tensor([2, 4, 3], seed: 1), Tensor([2, 3], seed: 2))
      let lstm = Recurrence(LongShortTermMemoryCell(try weights(gates: 4)))
      let stack = try StackedCell(
        [SimpleRecurrentCell(weights(gates: 1)), ResetAfterCell(weights(gates: 3, from: 2))], input: [1, 3])
      let window = Window(kernel: [2])
      let transposed = try TransposedConvolution(
        weights: Tensor([2, 5, 3], seed: 3), bias: Tensor([5], seed: 5), window: window
      ) { $0.map { $0 + 1 } }
      let projections = MultiHeadAttentionLayer.Projections(
        query: try dense(3, 4, seed: 50), key: try dense(3, 4, seed: 52), value: try dense(3, 6, seed: 54),
        output: try dense(6, 5, seed: 56))
      let item: Shape = [1, 4, 3]
      return [
        Case(
          testDescription: "dense", layer: ConvolutionLayer(try dense(3, 5, seed: 1)), inputs: [row],
          arrays: [[3, 5], [5]]),
        Case(
          testDescription: "transposed",
          layer: TransposedConvolutionLayer(transposed), inputs: [x], arrays: [[2, 5, 3], [5]]),
        Case(
          testDescription: "normalisation",
          layer: NormalizationLayer(
            ChannelScaling(
              gamma: [1, 2, 3], beta: [1, 0, 1], mean: [5, 0, 1], variance: [1, 2, 1], epsilon: 0),
            parameterCount: 12),
          inputs: [x], arrays: [[3], [3]]),
        Case(
          testDescription: "element scaling",
          layer: ElementScalingLayer(
            scale: Tensor(item, seed: 6), shift: Tensor(item, seed: 7), over: item),
          inputs: [x], arrays: [item, item]),
        Case(
          testDescription: "slopes of channels",
          layer: ParametricReLULayer(slopes: Tensor([1, 1, 3], [0.1, 0.2, 0.3]), over: item),
          inputs: [x], arrays: [[1, 1, 3]]),
        Case(
          testDescription: "embedding", layer: EmbeddingLayer(Embedding(Tensor([4, 2], seed: 8))),
          inputs: [Tensor([1, 3], [0, 3, 1])], arrays: [[4, 2]]),
        Case(testDescription: "LSTM", layer: RecurrentLayer(lstm), inputs: [x], arrays: recurrent(gates: 4)),
        Case(
          testDescription: "GRU",
          layer: RecurrentLayer(Recurrence(try GatedRecurrentCell(weights(gates: 3)))),
          inputs: [x], arrays: recurrent(gates: 3)),
        Case(
          testDescription: "stack", layer: RecurrentLayer(Recurrence(stack)), inputs: [x],
          arrays: recurrent(gates: 1) + [[2, 6], [6], [2, 6]]),
        Case(
          testDescription: "bidirectional",
          layer: BidirectionalLayer(forward: lstm, backward: lstm, merge: .sum), inputs: [x],
          arrays: recurrent(gates: 4) + recurrent(gates: 4)),
        Case(
          testDescription: "per step",
          layer: PerStepLayer([ConvolutionLayer(try dense(3, 5, seed: 1)), ActivationLayer(.tanh)]),
          inputs: [x],
          arrays: [[3, 5], [5]]),
        Case(
          testDescription: "attention of products",
          layer: AttentionLayer(.product(scale: 0.5, isTrained: true)), inputs: [x, x], arrays: [[1]]),
        Case(
          testDescription: "attention of sums",
          layer: AttentionLayer(.sum(scale: [1, 2, 3], inner: 1, weight: 1, parameters: 3)), inputs: [x, x],
          arrays: [[3]]),
        Case(
          testDescription: "attention of sums with two numbers",
          layer: AttentionLayer(.sum(scale: [], inner: 0.5, weight: 2, parameters: 2)), inputs: [x, x],
          arrays: [[1], [1]]),
        Case(
          testDescription: "heads", layer: MultiHeadAttentionLayer(projections, heads: 2), inputs: [x, x],
          arrays: [[3, 4], [4], [3, 4], [4], [3, 6], [6], [6, 5], [5]],
          // The bias of the keys adds the same to all scores of a query.
          unseen: [3]),
      ]
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  @Test(arguments: cases)
  func handsOutItsArraysAndTakesOthers(sample: Case) throws {
    let layer = try #require(sample.layer as? any TrainedLayer)
    var shapes: [Shape] = []
    let same = try layer.replacingParameters {
      shapes.append($0.shape)
      return $0
    }
    #expect(shapes == sample.arrays)
    let output = try layer.forward(sample.inputs)
    #expect(try same.forward(sample.inputs) == output)
    // Another value in any one of the arrays changes the output.
    for changed in shapes.indices where !sample.unseen.contains(changed) {
      var index = -1
      let other = try layer.replacingParameters {
        index += 1
        return index == changed ? $0.map { $0 * 0.5 + 0.3 } : $0
      }
      #expect(try other.forward(sample.inputs) != output)
      #expect(other.parameterCount == layer.parameterCount)
    }
  }

  @Test func layersWithoutTrainedNumbersStay() throws {
    let layers: [any TrainedLayer] = [
      AttentionLayer(.product(scale: 1, isTrained: false)),
      AttentionLayer(.sum(scale: [], inner: 1, weight: 1, parameters: 0)),
      PerStepLayer([ActivationLayer(.tanh)]),
    ]
    for layer in layers {
      _ = try layer.replacingParameters {
        Issue.record("no array was expected")
        return $0
      }
    }
  }
}
