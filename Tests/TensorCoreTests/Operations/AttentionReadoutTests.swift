import Foundation
import TensorCore
import TestSupport
import Testing

@Suite struct AttentionReadoutTests {
  @Test func weighsByTheSoftmax() {
    // Scores 0 and log 3 weigh 1/4 and 3/4: (1 * 2 + 3 * 6) / 4 = 5.
    let scores = Tensor([1, 1, 2], [0, Float(log(3.0))])
    let output = AttentionReadout(scores: scores, values: Tensor([1, 2, 1], [2, 6])).output
    #expect(abs(output.values[0] - 5) < 1e-6)
  }

  @Test func pairsThatAreNotAllowedCountNothing() {
    let scores = Tensor([1, 2, 2], [9, 0, 3, 5])
    let readout = AttentionReadout(
      scores: scores, values: Tensor([1, 2, 1], [2, 6]), allowed: Tensor([1, 2, 2], [0, 1, 0, 0]))
    // The second query may see nothing: all values count alike.
    #expect(readout.output.values == [6, 4])
    let (toScores, toValues) = readout.pullback(Tensor([1, 2, 1], [1, 1]))
    #expect(toScores.values == [0, 0, 0, 0])
    #expect(toValues.values == [0.5, 1.5])
  }
}
