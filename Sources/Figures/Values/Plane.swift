/// Values in rows and columns, as they are drawn from the top left.
package struct Plane: Sendable, Equatable {
  package let rows: Int
  package let columns: Int
  package private(set) var values: [Float]

  /// Creates a plane from its values, row by row.
  package init(rows: Int, columns: Int, values: [Float]) {
    precondition(values.count == rows * columns, "\(values.count) values do not fill \(rows) x \(columns)")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// The sum of planes of equal extents times a factor.
  package init(summing planes: [Plane], times factor: Double = 1) {
    let first = planes[0]
    // A sum of finite values may leave the range of Float; the largest Float is near enough for a picture.
    let largest = Double(Float.greatestFiniteMagnitude)
    let values = first.values.indices.map { index in
      let sum = planes.reduce(0.0) { $0 + Double($1.values[index]) } * factor
      return Float(min(max(sum, -largest), largest))
    }
    self.init(rows: first.rows, columns: first.columns, values: values)
  }

  /// The plane in other extents, each new value the mean over the area that it covers.
  ///
  /// Enlarging by whole factors repeats values, so that pixels stay crisp; reducing averages.
  package func resampled(rows newRows: Int, columns newColumns: Int) -> Plane {
    guard newRows != rows || newColumns != columns else { return self }
    let across = Coverage(from: columns, to: newColumns)
    let down = Coverage(from: rows, to: newRows)
    var result = [Float](repeating: 0, count: newRows * newColumns)
    values.withUnsafeBufferPointer { source in
      var line = [Double](repeating: 0, count: columns)
      for row in 0..<newRows {
        for column in 0..<columns { line[column] = 0 }
        for tap in down.taps[row] {
          for column in 0..<columns {
            line[column] += Double(source[tap.index * columns + column]) * tap.share
          }
        }
        for column in 0..<newColumns {
          result[row * newColumns + column] = Float(
            across.taps[column].reduce(0.0) { $0 + line[$1.index] * $1.share })
        }
      }
    }
    return Plane(rows: newRows, columns: newColumns, values: result)
  }
}

/// Which cells of a line lie under each cell of the same line divided differently, and with what share.
private struct Coverage {
  let taps: [[(index: Int, share: Double)]]

  init(from old: Int, to new: Int) {
    let size = Double(old) / Double(new)
    taps = (0..<new).map { cell in
      let (start, end) = (Double(cell) * size, Double(cell + 1) * size)
      let first = min(Int(start), old - 1)
      let last = max(first, min(Int(end.rounded(.up)) - 1, old - 1))
      return (first...last).map { index in
        let overlap = min(end, Double(index + 1)) - max(start, Double(index))
        return (index, first == last ? 1 : max(overlap, 0) / size)
      }
    }
  }
}
