import TensorCore
import TestSupport
import Testing

@Suite struct PermutationTests {
  /// [[1, 2, 3], [4, 5, 6]] turned over its diagonal.
  @Test func transposesAMatrix() {
    #expect(Tensor([2, 3], [1, 2, 3, 4, 5, 6]).permuted([1, 0]) == Tensor([3, 2], [1, 4, 2, 5, 3, 6]))
  }

  @Test(arguments: [
    [0, 1, 2, 3], [0, 3, 1, 2], [0, 2, 3, 1], [0, 2, 1, 3], [3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1],
  ])
  func everyElementIsWhereTheOrderPutsIt(order: [Int]) {
    let tensor = Tensor([2, 3, 4, 5], seed: 1)
    let permuted = tensor.permuted(order)
    #expect(permuted.shape.extents == order.map { tensor.shape[$0] })
    for a in 0..<2 {
      for b in 0..<3 {
        for c in 0..<4 {
          for d in 0..<5 {
            let source = [a, b, c, d]
            let p = order.map { source[$0] }
            #expect(permuted[p[0], p[1], p[2], p[3]] == tensor[a, b, c, d])
          }
        }
      }
    }
  }

  @Test func emptyTensorsStayEmpty() {
    #expect(Tensor([2, 0, 3]).permuted([0, 2, 1]).shape == [2, 3, 0])
  }
}
