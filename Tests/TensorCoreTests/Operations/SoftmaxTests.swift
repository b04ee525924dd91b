import Foundation
import TensorCore
import Testing

@Suite struct SoftmaxTests {
  @Test(arguments: [1, 3, 25, 33])
  func probabilitiesAndPullbackEqualTheFormula(channels: Int) {
    var draw = Draw(seed: channels)
    let logits = draw.wholeNumbers([2, 3, channels]).map { $0 / 3 }
    let cotangent = draw.numbers(logits.shape)
    let p = byItem(logits.values, channels) { run in
      let powers = run.map { exp($0) }
      return powers.map { $0 / powers.reduce(0, +) }
    }
    #expect(largestError(Softmax.callAsFunction(logits), p) < 1e-7)

    // The Jacobian p[i] * (delta[i][j] - p[j]), written out.
    var expected = [Double](repeating: 0, count: logits.count)
    for start in stride(from: 0, to: logits.count, by: channels) {
      for i in 0..<channels {
        for j in 0..<channels {
          expected[start + i] +=
            Double(cotangent.values[start + j]) * p[start + i] * ((i == j ? 1 : 0) - p[start + j])
        }
      }
    }
    #expect(largestError(Softmax.pullback(cotangent, at: logits), expected) < 1e-7)
  }

  /// Logits (40, 0): p = 1 / (1 + e^-40), whose distance from 1 is far below what 32 or 64 bits resolve, and
  /// dp0/dx0 = p0 * p1 = e^-40 = 4.248354e-18 up to its square.
  @Test func aSaturatedClassKeepsItsGradient() {
    let gradient = Softmax.pullback(Tensor([1, 2], [1, 0]), at: Tensor([1, 2], [40, 0])).values
    #expect(abs(Double(gradient[0]) / 4.248354e-18 - 1) < 1e-6)
    #expect(gradient[1] == -gradient[0])
  }

  /// exp(0) : exp(log 3) = 1 : 3.
  @Test func twoClassesByHand() {
    let p = Softmax.callAsFunction(Tensor([1, 2], [0, Float(log(3.0))])).values
    #expect(abs(p[0] - 0.25) < 1e-7)
    #expect(abs(p[1] - 0.75) < 1e-7)
  }

  @Test func hugeLogitsDoNotOverflow() {
    #expect(Softmax.callAsFunction(Tensor([1, 3], [1e30, -1e30, 1e30])).values == [0.5, 0, 0.5])
  }

  @Test func addingAConstantChangesNothing() {
    let logits = Tensor([1, 3], [1, -2, 4])
    #expect(Softmax.callAsFunction(logits) == Softmax.callAsFunction(logits.map { $0 + 64 }))
  }
}
