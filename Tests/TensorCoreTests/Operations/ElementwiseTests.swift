import TensorCore
import Testing

@Suite struct ElementwiseTests {
  @Test func arithmeticIsElementByElement() {
    let a = Tensor([2, 2], [1, 2, 3, 4])
    let b = Tensor([2, 2], [5, -6, 7, 0])
    #expect((a + b).values == [6, -4, 10, 4])
    #expect((a - b).values == [-4, 8, -4, 4])
    #expect((a * b).values == [5, -12, 21, 0])
    #expect((a * 3).values == [3, 6, 9, 12])
    #expect(a.map { $0 * $0 }.values == [1, 4, 9, 16])
    #expect(a.combined(with: b) { min($0, $1) } == Tensor([2, 2], [1, -6, 3, 0]))
  }
}
