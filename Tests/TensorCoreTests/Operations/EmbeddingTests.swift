import TensorCore
import TestSupport
import Testing

@Suite struct EmbeddingTests {
  private let table = Embedding(Tensor([3, 2], [0, 1, 10, 11, 20, 21]))

  @Test func givesTheVectorsOfIndices() throws {
    let output = try table(Tensor([2, 2], [2, 0, 1, 2]))
    #expect(output == Tensor([2, 2, 2], [20, 21, 0, 1, 10, 11, 20, 21]))
  }

  @Test(arguments: [Float(3), -1, 0.5, .nan, .infinity, -0.25, 1e30])
  func anythingElseIsRefused(value: Float) {
    let said = sentence { _ = try table(Tensor([2, 2], [0, 1, 2, value])) }
    #expect(said == "element 1 of an item is \(value), where an index, a whole number from 0 to 2, is needed")
  }
}
