import Scoring
import TensorCore
import Testing

@Suite struct TranslationTests {
  /// Two rows of three positions with two channels.
  private let item = Tensor([1, 2, 3, 2], (1...12).map(Float.init))

  @Test func alongTheLastAxis() {
    let right = Translation(axis: 1, shift: 1)
    #expect(right(item, fill: .zero).values == [0, 0, 1, 2, 3, 4, 0, 0, 7, 8, 9, 10])
    #expect(right(item, fill: .edge).values == [1, 2, 1, 2, 3, 4, 7, 8, 7, 8, 9, 10])
    #expect(right(item, fill: .minimum).values == [1, 1, 1, 2, 3, 4, 1, 1, 7, 8, 9, 10])
    let left = Translation(axis: 1, shift: -2)
    #expect(left(item, fill: .edge).values == [5, 6, 5, 6, 5, 6, 11, 12, 11, 12, 11, 12])
  }

  @Test func alongTheFirstAxis() {
    let down = Translation(axis: 0, shift: 1)
    #expect(down(item, fill: .zero).values == [0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6])
    #expect(Translation(axis: 0, shift: 5)(item, fill: .zero).values.allSatisfy { $0 == 0 })
  }

  /// 10 (2 k / 5 - 1) for k from 1 to 4; axes of one position have none.
  @Test func shiftsAreSymmetric() {
    let shifts = Translation.shifts(over: [1, 10, 2], steps: 4, reach: 1)
    #expect(shifts.map(\.axis) == [1, 1, 1, 1, 2, 2])
    #expect(shifts.map(\.shift) == [-6, -2, 2, 6, -1, 1])
    #expect(Translation.shifts(over: [10], steps: 28, reach: 0.1).map(\.shift) == [-1, 1])
    #expect(Translation.shifts(over: [5], steps: 1, reach: 1).isEmpty)
  }
}
