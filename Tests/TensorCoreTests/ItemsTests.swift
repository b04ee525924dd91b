import TensorCore
import Testing

@Suite struct ItemsTests {
  private let batch = Tensor([3, 2, 2], (0..<12).map { Float($0) })

  @Test func itemsAreRunsOfTheFirstAxis() {
    #expect(batch.item(1) == Tensor([1, 2, 2], [4, 5, 6, 7]))
    #expect(batch.items(1..<3) == Tensor([2, 2, 2], [4, 5, 6, 7, 8, 9, 10, 11]))
    #expect(batch.items(2..<2) == Tensor([0, 2, 2], []))
  }

  @Test func joiningUndoesTakingApart() {
    #expect(Tensor(joining: (0..<3).map { batch.item($0) }) == batch)
    #expect(Tensor(joining: [batch.items(0..<2), batch.items(2..<2), batch.items(2..<3)]) == batch)
  }
}
