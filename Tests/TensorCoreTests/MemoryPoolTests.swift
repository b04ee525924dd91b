import TensorCore
import Testing

@Suite struct MemoryPoolTests {
  @Test func memoryIsKeptUpToABound() {
    // Sizes that no other test asks for, so that what runs beside this one does not matter.
    let count = (MemoryPool.mostKept / 4 - 4_099) / MemoryLayout<Float>.stride
    var tensors = (0..<8).map { item in Tensor([count]) { $0[$0.count - 1] = Float(item) } }
    #expect(tensors.allSatisfy { $0.count == count })
    tensors.removeAll()
    #expect(MemoryPool.keptBytes > 0)
    #expect(MemoryPool.keptBytes <= MemoryPool.bound)
  }

  @Test func moreIsKeptWhereMoreIsAskedFor() {
    MemoryPool.keep(atLeast: MemoryPool.mostKept + 3)
    #expect(MemoryPool.bound >= MemoryPool.mostKept + 3)
    let before = MemoryPool.bound
    MemoryPool.keep(atLeast: 5)
    #expect(MemoryPool.bound >= before)
  }

  @Test func memoryThatIsHandedOutAgainIsWrittenAnew() {
    let count = MemoryPool.smallestKept + 7
    for round in 0..<3 {
      let tensor = Tensor([count], repeating: Float(round))
      #expect(tensor.values.allSatisfy { $0 == Float(round) })
    }
  }
}
