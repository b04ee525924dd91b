import Networks
import TensorCore
import Testing

@Suite struct StreamedBatchesTests {
  /// 1 << 14 numbers in two nodes: four items fill what a batch may take.
  private func model() throws -> Model {
    var builder = ModelBuilder(name: "wide")
    let input = try builder.add(InputLayer(shape: [1, 1 << 14, 1]), name: "input")
    try builder.add(IdentityLayer(), name: "identity", after: [input])
    return try builder.model()
  }

  @Test(arguments: 0...40)
  func batchesCoverAllItemsOnce(items: Int) throws {
    let batches = try model().streamed(items)
    let ranges = (0..<batches.count).map { batches[$0] }
    #expect(ranges.flatMap(Array.init) == Array(0..<items))
    #expect(ranges.allSatisfy { !$0.isEmpty && $0.count <= 4 })
    #expect((ranges.map(\.count).max() ?? 0) == batches.largest)
    #expect((ranges.map(\.count).min() ?? 0) >= batches.largest - 1)
  }

  @Test(arguments: [(1, 1), (2, 2), (8, 2), (9, 4), (50, 14)])
  func theirNumberIsEven(items: Int, count: Int) throws {
    #expect(try model().streamed(items).count == count)
  }

  /// Where a batch has a single item there are as many batches as items.
  @Test func largeItemsComeOneByOne() throws {
    var builder = ModelBuilder(name: "large")
    let input = try builder.add(InputLayer(shape: [1, 1 << 18, 1]), name: "input")
    try builder.add(IdentityLayer(), name: "identity", after: [input])
    #expect(try builder.model().streamed(7).count == 7)
  }
}
