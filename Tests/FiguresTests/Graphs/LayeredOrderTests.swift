import Figures
import Testing

@Suite struct LayeredOrderTests {
  @Test func aChainHasOneBoxInEveryRow() {
    let order = LayeredOrder(reads: [[], [0], [1], [2]])
    #expect(order.rows == [[0], [1], [2], [3]])
    #expect(order.routes == [[0, 1], [1, 2], [2, 3]])
  }

  /// The longest way decides the row; the line that passes a row has a joint there.
  @Test func aShortcutHasJoints() throws {
    let order = LayeredOrder(reads: [[], [0], [1], [2, 0]])
    #expect(order.rows.map(\.count) == [1, 2, 2, 1])
    let shortcut = try #require(order.routes.first { $0.count == 4 })
    #expect(shortcut.first == 0 && shortcut.last == 3)
    #expect(shortcut.dropFirst().dropLast().allSatisfy { order.items[$0].box == nil })
    #expect(order.crossings == 0)
  }

  /// Boxes 1 and 2 read 0; 3 reads 2 and 4 reads 1: in the order of the numbers the lines cross, sorted they do not.
  @Test func rowsAreSortedSoThatLinesDoNotCross() {
    #expect(LayeredOrder(reads: [[], [0], [0], [2], [1], [3, 4]]).crossings == 0)
  }

  /// The second input is read only at the end, so it stands just above that.
  @Test func aLateInputStandsAboveItsReader() {
    let order = LayeredOrder(reads: [[], [], [0], [2], [3, 1]])
    #expect(order.items[1].row == 2)
  }

  @Test func nothingTouchesItsNeighbour() {
    let order = LayeredOrder(reads: [[], [0], [0], [0], [1, 2], [2, 3], [4, 5, 0]])
    let widths = order.items.indices.map { order.items[$0].box == nil ? 10.0 : 100 + 10 * Double($0) }
    let places = LayeredPlaces(order, widths: widths)
    for row in order.rows {
      for (left, right) in zip(row, row.dropFirst()) {
        let between = places.middles[right] - places.middles[left] - (widths[left] + widths[right]) / 2
        #expect(between >= LayeredPlaces.gap - 1e-6)
      }
      for item in row {
        #expect(places.middles[item] - widths[item] / 2 >= -1e-6)
        #expect(places.middles[item] + widths[item] / 2 <= places.width + 1e-6)
      }
    }
  }

  /// A chain of equal boxes stands in one line.
  @Test func aChainIsStraight() {
    let order = LayeredOrder(reads: [[], [0], [1], [2]])
    let places = LayeredPlaces(order, widths: [100, 100, 160, 100])
    #expect(places.middles.allSatisfy { abs($0 - 80) < 1e-9 } && places.width == 160)
  }
}
