/// Boxes in rows from top to bottom, every one below all that it reads, side by side with few crossing lines.
///
/// Sugiyama's method: a box's row is the length of the longest way to it; a line that passes rows gets a joint in each of them, so that
/// boxes make room for it; each row is sorted again and again by the mean place of its neighbours in the row before and behind.
package struct LayeredOrder: Sendable {
  /// What stands in a row.
  package struct Item: Sendable {
    /// The box, or `nil` for a joint of a line.
    package let box: Int?
    package let row: Int
    /// The items in the row above that lines come from.
    package var above: [Int] = []
    /// The items in the row below that lines lead to.
    package var below: [Int] = []
  }

  /// A line: the items it passes from the box that is read to the one that reads.
  package typealias Route = [Int]

  package private(set) var items: [Item] = []
  /// The items of every row from left to right.
  package private(set) var rows: [[Int]] = []
  package private(set) var routes: [Route] = []

  private static let sweeps = 12

  /// Orders boxes; `reads` holds for every box those that it reads, all of which come before it.
  package init(reads: [[Int]]) {
    let ranks = Self.ranks(reads)
    rows = Array(repeating: [], count: (ranks.max() ?? -1) + 1)
    for (box, rank) in ranks.enumerated() { add(Item(box: box, row: rank)) }
    for (box, sources) in reads.enumerated() {
      for source in sources { route(from: source, to: box) }
    }
    sortRows()
  }

  private mutating func add(_ item: Item) {
    rows[item.row].append(items.count)
    items.append(item)
  }

  private mutating func route(from source: Int, to box: Int) {
    var route = [source]
    for row in (items[source].row + 1)..<max(items[box].row, items[source].row + 1) {
      add(Item(box: nil, row: row))
      route.append(items.count - 1)
    }
    route.append(box)
    for (upper, lower) in zip(route, route.dropFirst()) {
      items[upper].below.append(lower)
      items[lower].above.append(upper)
    }
    routes.append(route)
  }

  /// The length of the longest way to every box; one that reads nothing moves down to just above its first reader.
  private static func ranks(_ reads: [[Int]]) -> [Int] {
    var ranks = [Int](repeating: 0, count: reads.count)
    for (box, sources) in reads.enumerated() {
      ranks[box] = (sources.map { ranks[$0] + 1 }.max()) ?? 0
    }
    for (box, sources) in reads.enumerated() where sources.isEmpty {
      let first = reads.indices.filter { reads[$0].contains(box) }.map { ranks[$0] }.min()
      ranks[box] = max((first ?? 1) - 1, 0)
    }
    return ranks
  }

  private mutating func sortRows() {
    var best = (rows: rows, crossings: crossings)
    for sweep in 0..<Self.sweeps where best.crossings > 0 {
      let goesDown = sweep % 2 == 0
      for row in goesDown ? Array(rows.indices.dropFirst()) : rows.indices.dropLast().reversed() {
        sort(row, by: goesDown ? row - 1 : row + 1)
      }
      let count = crossings
      if count < best.crossings { best = (rows, count) }
    }
    rows = best.rows
  }

  /// Sorts a row by the mean place of what its items are tied to in another one; items without ties keep their place.
  private mutating func sort(_ row: Int, by other: Int) {
    let places = Dictionary(
      uniqueKeysWithValues: rows[other].enumerated().map { ($0.element, Double($0.offset)) })
    let keys = rows[row].enumerated().map { place, item -> (key: Double, place: Int, item: Int) in
      let ties = (other < row ? items[item].above : items[item].below).compactMap { places[$0] }
      return (ties.isEmpty ? Double(place) : ties.reduce(0, +) / Double(ties.count), place, item)
    }
    rows[row] = keys.sorted { ($0.key, $0.place) < ($1.key, $1.place) }.map(\.item)
  }

  /// The number of pairs of lines between neighbouring rows that cross.
  package var crossings: Int {
    var count = 0
    for (upper, lower) in zip(rows, rows.dropFirst()) {
      let places = Dictionary(uniqueKeysWithValues: lower.enumerated().map { ($0.element, $0.offset) })
      let ends = upper.map { items[$0].below.compactMap { places[$0] } }
      for left in ends.indices {
        for right in ends[(left + 1)...] {
          for end in ends[left] { count += right.filter { $0 < end }.count }
        }
      }
    }
    return count
  }
}
