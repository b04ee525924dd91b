import TensorCore
import TestSupport
import Testing

@Suite struct MatrixProductTests {
  static let extents = [
    [1, 1, 1, 1], [2, 3, 4, 5], [3, 7, 9, 2], [1, 40, 33, 65], [2, 5, 0, 3], [0, 2, 2, 2],
  ]

  /// The definition, in 64 bits.
  private func naive(_ a: Tensor, _ b: Tensor) -> Tensor {
    let (rows, inner, columns) = (a.shape[1], a.shape[2], b.shape[2])
    let (left, right) = (a.values, b.values)
    var result: [Float] = []
    for item in 0..<a.shape[0] {
      for i in 0..<rows {
        for j in 0..<columns {
          let sum = (0..<inner).reduce(0.0) { sum, k in
            sum + Double(left[(item * rows + i) * inner + k])
              * Double(right[(item * inner + k) * columns + j])
          }
          result.append(Float(sum))
        }
      }
    }
    return Tensor([a.shape[0], rows, columns], result)
  }

  @Test(arguments: extents)
  func equalsItsDefinition(_ extents: [Int]) {
    let a = Tensor([extents[0], extents[1], extents[2]], seed: 1)
    let b = Tensor([extents[0], extents[2], extents[3]], seed: 2)
    #expect(a.matrixProduct(b).distance(to: naive(a, b)) < 1e-6)
  }

  @Test func transposed() {
    let matrices = Tensor([2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    #expect(matrices.matrixTransposed == Tensor([2, 3, 2], [1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12]))
  }

  @Test func doesNotDependOnTheNumberOfThreads() {
    let (a, b) = (Tensor([1, 90, 120], seed: 3), Tensor([1, 120, 110], seed: 4))
    let whole = a.matrixProduct(b)
    let rows = (0..<90).map { row in
      Tensor([1, 1, 120], Array(a.values[(row * 120)..<((row + 1) * 120)])).matrixProduct(b)
    }
    #expect(rows.flatMap(\.bits) == whole.bits)
  }
}
