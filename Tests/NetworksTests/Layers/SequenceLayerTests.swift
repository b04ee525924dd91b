import Networks
import TensorCore
import TestSupport
import Testing

/// Layers of sequences under the contract of the protocol.
@Suite struct SequenceLayerTests {
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var layer: any Layer
    var inputs: [Tensor]
    var output: Shape
    var role: LayerRole
    var parameters = 0
    /// How many of the inputs are followed; the rest are masks.
    var followed = 1
  }

  private static func dense(_ inputs: Int, _ outputs: Int, seed: UInt32) throws -> Convolution {
    try Convolution(
      weights: Tensor([inputs, outputs], seed: seed), bias: Tensor([outputs], seed: seed + 1),
      window: Window(kernel: []))
  }

  private static func memory(_ units: Int = 2, isReversed: Bool = false, seed: UInt32 = 1) throws
    -> Recurrence
  {
    let weights = try RecurrentWeights(
      input: dense(3, 4 * units, seed: seed), recurrent: dense(units, 4 * units, seed: seed + 5), gates: 4)
    return Recurrence(LongShortTermMemoryCell(weights), isReversed: isReversed, returnsSequence: true)
  }

  static let mask = Tensor([2, 4, 1], [1, 0, 1, 1, 0, 1, 1, 0])

  static let cases: [Case] = {
    do {
      let x = Tensor([2, 4, 3], seed: 11)
      let (value, key) = (Tensor([2, 5, 2], seed: 12), Tensor([2, 5, 3], seed: 13))
      let wide = Tensor([2, 5, 3], seed: 14)
      let valueMask = Tensor([2, 5, 1], [1, 1, 0, 1, 0, 0, 1, 1, 1, 1])
      let (forward, backward) = (try memory(), try memory(isReversed: true, seed: 40))
      let projections = MultiHeadAttentionLayer.Projections(
        query: try dense(3, 4, seed: 50), key: try dense(3, 4, seed: 52), value: try dense(2, 6, seed: 54),
        output: try dense(6, 5, seed: 56))
      let scale: [Float] = [0.5, -1, 2]
      return [
        Case(
          testDescription: "recurrent", layer: RecurrentLayer(forward), inputs: [x], output: [2, 4, 2],
          role: .recurrent, parameters: 56),
        Case(
          testDescription: "recurrent, masked", layer: RecurrentLayer(forward), inputs: [x, mask],
          output: [2, 4, 2], role: .recurrent, parameters: 56),
      ]
        + BidirectionalLayer.Merge.allCases.map { merge in
          Case(
            testDescription: "bidirectional, \(merge.rawValue)",
            layer: BidirectionalLayer(forward: forward, backward: backward, merge: merge), inputs: [x, mask],
            output: [2, 4, merge == .concatenation ? 4 : 2], role: .recurrent, parameters: 112)
        } + [
          Case(
            testDescription: "per step",
            layer: PerStepLayer([
              ConvolutionLayer(try dense(3, 4, seed: 60)), ActivationLayer(.tanh), SoftmaxLayer(),
            ]), inputs: [x], output: [2, 4, 4], role: .recurrent, parameters: 16),
          Case(
            testDescription: "masked mean", layer: MaskedMeanLayer(), inputs: [x, mask], output: [2, 3],
            role: .averagePooling),
          Case(
            testDescription: "masked mean, axes kept", layer: MaskedMeanLayer(keepsAxes: true),
            inputs: [x, mask], output: [2, 1, 3], role: .averagePooling),
          Case(
            testDescription: "masking", layer: MaskingLayer(value: 0), inputs: [x], output: [2, 4, 3],
            role: .mask),
          Case(
            testDescription: "product attention",
            layer: AttentionLayer(.product(scale: 0.7, isTrained: true)), inputs: [x, wide],
            output: [2, 4, 3], role: .attention, parameters: 1, followed: 2),
          Case(
            testDescription: "product attention with a key, masked",
            layer: AttentionLayer(
              .product(scale: 1, isTrained: false), sequences: 3, masked: [0, 1], isCausal: true),
            inputs: [x, value, key, mask, valueMask], output: [2, 4, 2], role: .attention, followed: 3),
          Case(
            testDescription: "additive attention",
            layer: AttentionLayer(.sum(scale: scale, inner: 0.8, weight: 1.5, parameters: 3)),
            inputs: [x, wide], output: [2, 4, 3], role: .attention, parameters: 3, followed: 2),
          Case(
            testDescription: "several heads",
            layer: MultiHeadAttentionLayer(projections, heads: 2, sequences: 3), inputs: [x, value, key],
            output: [2, 4, 5], role: .attention, parameters: 85, followed: 3),
          Case(
            testDescription: "several heads, masked",
            layer: MultiHeadAttentionLayer(
              projections, heads: 2, sequences: 3, masked: [0, 1], isCausal: true),
            inputs: [x, value, key, mask, valueMask], output: [2, 4, 5], role: .attention, parameters: 85,
            followed: 3),
          Case(
            testDescription: "inner products", layer: DotLayer(first: 2, second: 2), inputs: [x, key],
            output: [2, 4, 5], role: .attention, followed: 2),
          Case(
            testDescription: "inner products of unit lines",
            layer: DotLayer(first: 1, second: 2, normalizes: true),
            inputs: [x, Tensor([2, 5, 4], seed: 15)], output: [2, 3, 5], role: .attention, followed: 2),
          Case(
            testDescription: "inner products of vectors", layer: DotLayer(first: 1, second: 1),
            inputs: [Tensor([2, 6], seed: 16), Tensor([2, 6], seed: 17)], output: [2, 1], role: .attention,
            followed: 2),
        ]
    } catch {
      preconditionFailure("the layers of the test do not fit: \(error)")
    }
  }()

  @Test(arguments: cases)
  func shapesAndRole(of test: Case) throws {
    #expect(test.layer.role == test.role)
    #expect(test.layer.parameterCount == test.parameters)
    #expect(try test.layer.outputShape(for: test.inputs.map(\.shape)) == test.output)
    #expect(try test.layer.forward(test.inputs).shape == test.output)
  }

  @Test(arguments: cases)
  func pullbackIsTheTransposedDerivative(of test: Case) throws {
    let output = try test.layer.forward(test.inputs)
    let cotangent = Tensor(output.shape, seed: 23)
    let pulled = try test.layer.pullback(cotangent, at: Site(inputs: test.inputs, output: output))
    #expect(pulled.map(\.shape) == test.inputs.map(\.shape))
    #expect(pulled.dropFirst(test.followed).allSatisfy { $0.values.allSatisfy { $0 == 0 } })
    let h: Float = 1 / 256
    for index in 0..<test.followed {
      let direction = Tensor(test.inputs[index].shape, seed: UInt32(30 + index))
      func moved(_ step: Float) throws -> Tensor {
        var inputs = test.inputs
        inputs[index] = inputs[index] + direction * step
        return try test.layer.forward(inputs)
      }
      let left = try (cotangent * (moved(h) - moved(-h))).sum / Double(2 * h)
      let right = (pulled[index] * direction).sum
      #expect(abs(left - right) <= 1e-3 * max(abs(right), 0.1), "input \(index)")
    }
  }

  @Test func masks() throws {
    let x = Tensor([1, 3, 2], [0, 0, 0, 5, -1, 0])
    #expect(MaskLayer(.anyChannel(differsFrom: 0)).forward([x]) == Tensor([1, 3, 1], [0, 1, 1]))
    #expect(
      MaskLayer(.indexOtherThanZero).forward([Tensor([1, 3], [4, 0, 1])]) == Tensor([1, 3, 1], [1, 0, 1]))
    #expect(throws: GeometryError.everythingMasked(item: 1)) {
      try MaskedMeanLayer().forward([Tensor([2, 2, 1], seed: 1), Tensor([2, 2, 1], [1, 0, 0, 0])])
    }
  }

  @Test func misfitsAreRefused() throws {
    let attention = AttentionLayer(.product(scale: 1, isTrained: false))
    #expect(throws: GeometryError.channelMismatch(expected: 3, found: 2)) {
      try attention.outputShape(for: [[1, 4, 3], [1, 5, 2]])
    }
    #expect(throws: GeometryError.rankMismatch(window: 1, input: 0)) {
      try attention.outputShape(for: [[1, 4], [1, 5, 2]])
    }
    #expect(throws: GeometryError.parameterOutOfRange(name: "axis", value: 3, least: 1, most: 2)) {
      try DotLayer(first: 3, second: 1).outputShape(for: [[1, 4, 3], [1, 5, 3]])
    }
    #expect(throws: GeometryError.self) {
      try DotLayer(first: 2, second: 1).outputShape(for: [[1, 4, 3], [1, 5, 3]])
    }
    let last = Recurrence(try Self.memory().cell)
    #expect(throws: GeometryError.self) {
      try BidirectionalLayer(forward: try Self.memory(), backward: last, merge: .sum)
        .outputShape(for: [[1, 4, 3]])
    }
  }
}
