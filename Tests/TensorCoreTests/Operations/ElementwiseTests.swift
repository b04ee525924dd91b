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

  /// 2^24 + 1 + 1 is 2^24 + 2 in 64 bits, and 2^24 when every sum is rounded to 32.
  @Test(arguments: [1, 255, 256, 70_001]) func tensorsAreAddedWithoutRoundingInBetween(count: Int) {
    let large = Tensor([count, 1], repeating: 0x1p24)
    let places = Tensor([count, 1], (0..<count).map { Float($0 % 1000) })
    let ones = Tensor([count, 1], repeating: 1)
    #expect(Tensor(adding: [large, ones, ones]) == Tensor([count, 1], repeating: 0x1p24 + 2))
    #expect(Tensor(adding: [ones, places, ones]) == places.map { $0 + 2 })
    #expect(Tensor(adding: [places]) == places)
  }
}
