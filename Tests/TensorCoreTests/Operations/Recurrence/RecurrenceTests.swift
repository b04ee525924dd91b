import Foundation
import TensorCore
import TestSupport
import Testing

/// Recurrences by hand and under the contract of the pullback.
@Suite struct RecurrenceTests {
  private static func weights(
    _ gates: Int, from channels: Int = 2, to units: Int = 3, window: Window = Window(kernel: []),
    recurrentBias: Bool = false, seed: UInt32 = 1
  ) throws -> RecurrentWeights {
    let same = Window(kernel: window.kernel, padding: .same)
    return try RecurrentWeights(
      input: Convolution(
        weights: Tensor(Shape(window.kernel + [channels, gates * units]), seed: seed),
        bias: Tensor([gates * units], seed: seed + 1), window: window),
      recurrent: Convolution(
        weights: Tensor(Shape(window.kernel + [units, gates * units]), seed: seed + 2),
        bias: recurrentBias ? Tensor([gates * units], seed: seed + 3) : nil, window: same),
      gates: gates)
  }

  static func cells() throws -> [(name: String, cell: any RecurrentCell)] {
    let stack: [any RecurrentCell] = [
      LongShortTermMemoryCell(try weights(4)), try GatedRecurrentCell(weights(3, from: 3, to: 2)),
    ]
    return [
      ("simple", SimpleRecurrentCell(try weights(1))),
      ("memory", LongShortTermMemoryCell(try weights(4), activation: .softsign)),
      ("gated", try GatedRecurrentCell(weights(3), gateActivation: .softsign)),
      ("reset after", ResetAfterCell(try weights(3, recurrentBias: true))),
      ("stack", try StackedCell(stack, input: [1, 2])),
    ]
  }

  /// One number per step, with W = 2, U = 0.5 and b = 0.1: h1 = 2x1 + 0.1, h2 = 2x2 + 0.1 + h1/2, ...
  private func linear(
    isReversed: Bool = false, returnsSequence: Bool = true, _ output: Recurrence.MaskedOutput = .repeated
  ) throws -> Recurrence {
    let window = Window(kernel: [])
    let weights = try RecurrentWeights(
      input: Convolution(weights: Tensor([1, 1], [2]), bias: Tensor([1], [0.1]), window: window),
      recurrent: Convolution(weights: Tensor([1, 1], [0.5]), window: window), gates: 1)
    return Recurrence(
      SimpleRecurrentCell(weights, activation: .linear), isReversed: isReversed,
      returnsSequence: returnsSequence, maskedOutput: output)
  }

  private let sequence = Tensor([1, 3, 1], [1, 2, 3])

  private func isNear(_ found: Tensor, _ expected: [Float]) -> Bool {
    zip(found.values, expected).allSatisfy { abs($0 - $1) < 1e-5 } && found.count == expected.count
  }

  @Test func stepsByHand() throws {
    // 2.1, 4.1 + 1.05 = 5.15, 6.1 + 2.575 = 8.675; backwards 6.1, 4.1 + 3.05 = 7.15, 2.1 + 3.575 = 5.675.
    #expect(isNear(try linear()(sequence), [2.1, 5.15, 8.675]))
    #expect(isNear(try linear(isReversed: true)(sequence), [6.1, 7.15, 5.675]))
    let last = try linear(returnsSequence: false)(sequence)
    #expect(last.shape == [1, 1] && isNear(last, [8.675]))
    // d h3 / d x = 2 * (1/4, 1/2, 1).
    #expect(
      isNear(try linear(returnsSequence: false).pullback(Tensor([1, 1], [1]), at: sequence), [0.5, 1, 2]))
  }

  @Test func masksByHand() throws {
    let mask = Tensor([1, 3, 1], [0, 1, 0])
    // The first step is left out: nothing yet. The second starts at zero: 4.1. The third repeats it.
    #expect(isNear(try linear()(sequence, mask: mask), [0, 4.1, 4.1]))
    #expect(
      isNear(try linear(isReversed: false, returnsSequence: true, .zero)(sequence, mask: mask), [0, 4.1, 0]))
    #expect(isNear(try linear(returnsSequence: false)(sequence, mask: mask), [4.1]))
    let ones = Tensor([1, 3, 1], repeating: 1)
    // Steps two and three both give 2 per unit of x2.
    #expect(isNear(try linear().pullback(ones, at: sequence, mask: mask), [0, 4, 0]))
    #expect(
      isNear(try linear(returnsSequence: true, .zero).pullback(ones, at: sequence, mask: mask), [0, 2, 0]))
  }

  @Test(arguments: 0..<5, [false, true])
  func pullbackIsTheTransposedDerivative(index: Int, returnsSequence: Bool) throws {
    let cell = try Self.cells()[index].cell
    for (isReversed, isMasked) in [(false, false), (true, false), (false, true), (true, true)] {
      let recurrence = Recurrence(
        cell, isReversed: isReversed, returnsSequence: returnsSequence,
        maskedOutput: isReversed ? .zero : .repeated)
      let mask = isMasked ? Tensor([2, 4, 1], [0, 1, 0, 1, 1, 1, 0, 0]) : nil
      let (x, direction) = (Tensor([2, 4, 2], seed: 31), Tensor([2, 4, 2], seed: 32))
      let cotangent = Tensor(try recurrence.outputShape(for: x.shape), seed: 33)
      let pulled = try recurrence.pullback(cotangent, at: x, mask: mask)
      let h: Float = 1 / 256
      let ahead = try recurrence(x + direction * h, mask: mask)
      let behind = try recurrence(x - direction * h, mask: mask)
      #expect(ahead.shape == cotangent.shape)
      let left = (cotangent * (ahead - behind)).sum / Double(2 * h)
      let right = (pulled * direction).sum
      #expect(abs(left - right) <= 1e-3 * max(abs(right), 0.1), "\(isReversed) \(isMasked)")
    }
  }

  @Test func convolutionsTakeThePlaceOfMatrices() throws {
    // A kernel of one cell sees every position alone, so every position is a sequence of its own.
    let flat = try Self.weights(4)
    let one = Window(kernel: [1])
    let spread = try RecurrentWeights(
      input: Convolution(
        weights: flat.input.weights.reshaped(to: [1, 2, 12]), bias: flat.input.bias, window: one),
      recurrent: Convolution(weights: flat.recurrent.weights.reshaped(to: [1, 3, 12]), window: one), gates: 4)
    let x = Tensor([2, 4, 5, 2], seed: 5)
    let found = try Recurrence(LongShortTermMemoryCell(spread), returnsSequence: true)(x)
    let lines = x.withAxes([0, 2, 1, 3]).reshaped(to: [10, 4, 2])
    let expected = try Recurrence(LongShortTermMemoryCell(flat), returnsSequence: true)(lines)
    #expect(found.shape == [2, 4, 5, 3])
    #expect(
      found.distance(to: expected.reshaped(to: [2, 5, 4, 3]).withAxes([0, 2, 1, 3])) < 1e-6)
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let recurrence = try linear()
    #expect(throws: GeometryError.rankMismatch(window: 1, input: 0)) {
      try recurrence.outputShape(for: [1, 4])
    }
    #expect(throws: GeometryError.windowTooLarge(axis: 0, window: 1, input: 0)) {
      try recurrence.outputShape(for: [1, 0, 1])
    }
    #expect(throws: GeometryError.channelMismatch(expected: 1, found: 2)) {
      try recurrence.outputShape(for: [1, 4, 2])
    }
    #expect(throws: GeometryError.weightMismatch(name: "mask", expected: [1, 4, 1], found: [1, 3, 1])) {
      try recurrence.outputShape(for: [1, 4, 1], mask: [1, 3, 1])
    }
    #expect(throws: GeometryError.channelMismatch(expected: 9, found: 12)) {
      let four = try Self.weights(4)
      _ = try RecurrentWeights(input: four.input, recurrent: four.recurrent, gates: 3)
    }
  }
}
