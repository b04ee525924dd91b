import Foundation
import TensorCore
import Testing
import Training

@Suite struct LossTests {
  // softmax(0, ln 3) = (1/4, 3/4).
  private let logits = Tensor([1, 2], [0, Float(log(3.0))])

  private func near(_ found: [Float], _ expected: [Double]) -> Bool {
    found.count == expected.count && zip(found, expected).allSatisfy { abs(Double($0) - $1) < 1e-6 }
  }

  @Test func categoricalCrossEntropy() {
    let value = Loss.categoricalCrossEntropy().value(of: logits, for: .labels([0]))
    #expect(abs(value.loss - log(4.0)) < 1e-7)
    #expect(near(value.cotangent.values, [-0.75, 0.75]))
    #expect(value.correct == 0)
  }

  @Test func labelSmoothing() {
    // y' = 0.9 * (1, 0) + 0.1 / 2 = (0.95, 0.05).
    let value = Loss.categoricalCrossEntropy(labelSmoothing: 0.1).value(of: logits, for: .labels([0]))
    let expected = 0.95 * log(4.0) + 0.05 * log(4.0 / 3)
    #expect(abs(value.loss - expected) < 1e-7)
    #expect(near(value.cotangent.values, [0.25 - 0.95, 0.75 - 0.05]))
  }

  @Test func targetsAsRows() {
    let rows = Targets.values(Tensor([1, 2], [0.5, 0.5]))
    let value = Loss.categoricalCrossEntropy().value(of: logits, for: rows)
    let expected = 0.5 * log(4.0) + 0.5 * log(4.0 / 3)
    #expect(abs(value.loss - expected) < 1e-7)
    #expect(near(value.cotangent.values, [-0.25, 0.25]))
  }

  @Test func binaryCrossEntropy() {
    // sigmoid(ln 3) = 3/4.
    let outputs = Tensor([2, 1], [Float(log(3.0)), Float(log(3.0))])
    let value = Loss.binaryCrossEntropy().value(of: outputs, for: .labels([1, 0]))
    let expected = (log(4.0 / 3) + log(4.0)) / 2
    #expect(abs(value.loss - expected) < 1e-7)
    #expect(near(value.cotangent.values, [-0.125, 0.375]))
    #expect(value.correct == 1)
    // y' = 0.8 * (1, 0) + 0.1 = (0.9, 0.1).
    let smooth = Loss.binaryCrossEntropy(labelSmoothing: 0.2).value(of: outputs, for: .labels([1, 0]))
    let smoothed = (0.9 * log(4.0 / 3) + 0.1 * log(4.0) + 0.1 * log(4.0 / 3) + 0.9 * log(4.0)) / 2
    #expect(abs(smooth.loss - smoothed) < 1e-7)
    #expect(near(smooth.cotangent.values, [-0.075, 0.325]))
  }

  @Test func binaryCrossEntropyOfSeveralOutputsIsTheirMean() {
    let outputs = Tensor([1, 2], [Float(log(3.0)), 0])
    let value = Loss.binaryCrossEntropy().value(of: outputs, for: .labels([0]))
    let expected = (log(4.0 / 3) + log(2.0)) / 2
    #expect(abs(value.loss - expected) < 1e-7)
    #expect(near(value.cotangent.values, [-0.125, 0.25]))
    #expect(value.correct == 1)
  }

  @Test func meanSquaredError() {
    // ((1 - 1)^2 + (3 - 0)^2) / 2 and ((0 - 0)^2 + (2 - 1)^2) / 2; the mean of 4.5 and 0.5.
    let outputs = Tensor([2, 2], [1, 3, 0, 2])
    let value = Loss.meanSquaredError.value(of: outputs, for: .labels([0, 1]))
    #expect(value.loss == 2.5)
    #expect(value.cotangent.values == [0, 1.5, 0, 0.5])
    #expect(value.correct == 1)
  }

  @Test func weightsMultiplyLossesAndTheSumIsDividedByTheNumberOfItems() {
    let two = Tensor([2, 2], logits.values + logits.values)
    let value = Loss.categoricalCrossEntropy().value(of: two, for: .labels([0, 1]), weights: [3, 0.5])
    let expected = (3 * log(4.0) + 0.5 * log(4.0 / 3)) / 2
    #expect(abs(value.loss - expected) < 1e-7)
    #expect(near(value.cotangent.values, [-1.125, 1.125, 0.0625, -0.0625]))
  }

  @Test func largeLogitsStayFinite() {
    let outputs = Tensor([1, 3], [1e30, -1e30, 0])
    let value = Loss.categoricalCrossEntropy().value(of: outputs, for: .labels([1]))
    #expect(abs(value.loss / 2e30 - 1) < 1e-6)
    #expect(value.cotangent.values == [1, -1, 0])
    let binary = Loss.binaryCrossEntropy().value(of: Tensor([1, 1], [-1e30]), for: .labels([1]))
    #expect(abs(binary.loss / 1e30 - 1) < 1e-6)
    #expect(binary.cotangent.values == [-1])
  }

  @Test func whatIsNotFiniteIsNotHidden() {
    for bad in [Float.nan, .infinity] {
      let value = Loss.categoricalCrossEntropy().value(of: Tensor([1, 2], [bad, 0]), for: .labels([0]))
      #expect(!value.loss.isFinite)
    }
  }
}
