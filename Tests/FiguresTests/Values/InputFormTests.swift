import Figures
import TensorCore
import Testing

@Suite struct InputFormTests {
  @Test(arguments: [
    ([1, 5], InputForm.features(5)),
    ([1, 40, 1], .signal(length: 40)),
    ([1, 1, 3], .signal(length: 1)),
    ([1, 1, 40, 2], .signal(length: 40)),
    ([1, 40, 1, 2], .signal(length: 40)),
    ([1, 28, 30, 3], .image(rows: 28, columns: 30, slices: [])),
    ([1, 1, 1, 3], .image(rows: 1, columns: 1, slices: [])),
    ([1, 1, 28, 30, 3], .image(rows: 28, columns: 30, slices: [])),
    ([1, 9, 28, 30, 3], .image(rows: 28, columns: 30, slices: [.init(index: 4, extent: 9)])),
    (
      [1, 4, 5, 6, 7, 1],
      .image(rows: 6, columns: 7, slices: [.init(index: 2, extent: 4), .init(index: 2, extent: 5)])
    ),
  ])
  func followsFromTheSpatialAxes(extents: [Int], expected: InputForm) {
    #expect(InputForm(Shape(extents)) == expected)
  }
}
