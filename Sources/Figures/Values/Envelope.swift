/// A long line of values reduced to what is visible in each column of pixels.
package enum Envelope {
  /// The range of indices that one of `columns` columns shows.
  package static func indices(_ column: Int, of columns: Int, count: Int) -> Range<Int> {
    (column * count / columns)..<((column + 1) * count / columns)
  }

  /// For each column the first, lowest, highest and last value, in an order that joins neighbours correctly.
  package static func outline(_ values: [Float], columns: Int) -> [[Float]] {
    (0..<columns).map { column in
      let part = values[indices(column, of: columns, count: values.count)]
      guard let first = part.first, let last = part.last, let low = part.min(), let high = part.max() else {
        return []
      }
      return [first, low, high, last]
    }
  }

  /// For each column the value of the largest magnitude, with its sign; the first of equal ones.
  package static func strongest(_ values: [Float], columns: Int) -> [Float] {
    guard columns < values.count else { return values }
    return (0..<columns).map { column in
      values[indices(column, of: columns, count: values.count)]
        .reduce(0) { abs($1) > abs($0) ? $1 : $0 }
    }
  }
}
