import TensorCore
import Testing

@Suite struct ShapeTests {
  @Test(arguments: [
    (Shape([2, 5]), [], 1), (Shape([2, 7, 5]), [7], 7), (Shape([2, 3, 7, 5]), [3, 7], 21),
    (Shape([2, 4, 3, 7, 5]), [4, 3, 7], 84),
  ])
  func theAxesAreBatchThenSpatialThenChannels(shape: Shape, spatial: [Int], positions: Int) {
    #expect(shape.batch == 2)
    #expect(shape.channels == 5)
    #expect(shape.spatial == spatial)
    #expect(shape.positions == positions)
    #expect(shape.itemCount == positions * 5)
    #expect(shape.count == 2 * shape.itemCount)
    #expect(Shape(batch: 2, spatial: spatial, channels: 5) == shape)
    #expect(shape.with(batch: 9) == Shape(batch: 9, spatial: spatial, channels: 5))
    #expect(shape.with(channels: 9) == Shape(batch: 2, spatial: spatial, channels: 9))
    #expect(shape.rank == spatial.count + 2)
  }

  @Test func messagesShowExtents() {
    #expect(Shape([40, 25]).description == "40x25")
    #expect(Shape([7]).description == "7")
    #expect(Shape([]).description == "scalar")
  }

  @Test func aScalarHasOneElement() { #expect(Shape([]).count == 1) }

  @Test func aNegativeExtentIsADefectOfTheProgram() async {
    await #expect(processExitsWith: .failure) { _ = Shape([3, -1]) }
  }
}
