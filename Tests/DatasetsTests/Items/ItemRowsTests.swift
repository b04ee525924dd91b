import Datasets
import TensorCore
import Testing

@Suite struct ItemRowsTests {
  @Test(arguments: [
    (Shape([7, 40, 1]), 7, false), (Shape([7, 40]), 7, false), (Shape([40, 1]), 1, true),
    (Shape([40]), 1, true),
    (Shape([0, 40]), 0, false),
  ])
  func aSignalOfOneChannel(array: Shape, count: Int, isSingle: Bool) {
    let rows = ItemRows(of: array, as: [1, 40, 1])
    #expect(rows?.count == count)
    #expect(rows?.isSingle == isSingle)
  }

  @Test(arguments: [Shape([7, 39, 1]), Shape([39]), Shape([7, 1, 40]), Shape([7, 40, 2]), Shape([])])
  func whatDoesNotFit(array: Shape) {
    #expect(ItemRows(of: array, as: [1, 40, 1]) == nil)
  }

  @Test func severalChannelsCannotBeLeftOut() {
    #expect(ItemRows(of: [5, 8, 3], as: [1, 8, 3])?.count == 5)
    #expect(ItemRows(of: [5, 8], as: [1, 8, 3]) == nil)
  }
}
