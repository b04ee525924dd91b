import Scoring
import TensorCore
import Testing

@Suite struct InsertionTests {
  @Test func showsTheHighestFirst() throws {
    let judged = JudgedMap(map: [1, 2], input: [2, 1], weights: [1, 1])
    let curve = try judged.score("insertion", ["baseline": "zero", "space": "logit"]).curve
    #expect(curve == [0, 1, 3])
  }

  /// The kernel of RISE's code: .008833 in the middle of the 11 x 11 taps, .007737 in the corner, sum 1.
  @Test func blurIsThatOfRISE() {
    var values = [Float](repeating: 0, count: 21 * 21)
    values[10 * 21 + 10] = 1
    let blurred = RemovalCurve.blurred(Tensor([1, 21, 21, 1], values))
    #expect(abs(blurred.values[10 * 21 + 10] - 0.008833) < 1e-6)
    #expect(abs(blurred.values[5 * 21 + 5] - 0.007737) < 1e-6)
    #expect(blurred.values[4 * 21 + 5] == 0)
    #expect(abs(blurred.sum - 1) < 1e-6)
  }
}
