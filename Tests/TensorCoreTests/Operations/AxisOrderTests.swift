import TensorCore
import TestSupport
import Testing

@Suite struct AxisOrderTests {
  static let orders = [
    [0, 1, 2, 3], [1, 0, 2, 3], [0, 2, 1, 3], [0, 1, 3, 2], [3, 2, 1, 0], [2, 0, 3, 1], [1, 2, 3, 0],
  ]

  @Test(arguments: orders)
  func everyElementIsWhereItBelongs(order: [Int]) {
    let input = Tensor([2, 3, 4, 5], seed: 1)
    let result = input.withAxes(order)
    #expect(result.shape.extents == order.map { input.shape[$0] })
    for a in 0..<2 {
      for b in 0..<3 {
        for c in 0..<4 {
          for d in 0..<5 {
            let at = order.map { [a, b, c, d][$0] }
            #expect(result[at[0], at[1], at[2], at[3]] == input[a, b, c, d])
          }
        }
      }
    }
  }

  @Test func stepsReversed() {
    let input = Tensor([2, 3, 1], [1, 2, 3, 4, 5, 6])
    #expect(input.withStepsReversed == Tensor([2, 3, 1], [3, 2, 1, 6, 5, 4]))
    #expect(
      Tensor([2, 3, 2, 2], seed: 2).withStepsReversed.withStepsReversed == Tensor([2, 3, 2, 2], seed: 2))
  }

  @Test func positionsScaled() {
    let input = Tensor([1, 2, 2], [1, 2, 3, 4])
    #expect(input.scaledAtPositions(by: Tensor([1, 2, 1], [0, -2])) == Tensor([1, 2, 2], [0, 0, -6, -8]))
  }
}
