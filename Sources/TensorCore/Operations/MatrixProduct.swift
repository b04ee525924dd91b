extension Tensor {
  /// The matrix products of two batches of matrices.
  ///
  ///     result[n, i, j] = sum over k of self[n, i, k] * other[n, k, j]
  ///
  /// Sums run in the order of k in 32 bits, whatever the number of threads. Cost: `batch * rows * inner * columns` multiplications.
  ///
  /// - Parameter other: `[batch, inner, columns]`, where this tensor is `[batch, rows, inner]`.
  /// - Returns: `[batch, rows, columns]`.
  public func matrixProduct(_ other: Tensor) -> Tensor {
    precondition(
      shape.rank == 3 && other.shape.rank == 3 && shape[0] == other.shape[0] && shape[2] == other.shape[1],
      "matrices of \(shape) and \(other.shape) cannot be multiplied")
    let (rows, inner, columns) = (shape[1], shape[2], other.shape[2])
    let split = WorkSplit(items: shape[0], rows: rows, operations: count * columns)
    return Tensor([shape[0], rows, columns]) { destination in
      destination.initialize(repeating: 0)
      let target = SharedMemory(destination)
      Threads.forEach(split.tasks, onAtMost: split.threads) { task in
        let part = split[task]
        withExtendedLifetime((self, other)) {
          for row in part.rows {
            Self.accumulate(
              start + (part.item * rows + row) * inner, inner, other.start + part.item * inner * columns,
              columns,
              into: target.start + (part.item * rows + row) * columns)
          }
        }
      }
    }
  }

  /// Every matrix of a batch `[batch, rows, columns]` transposed.
  public var matrixTransposed: Tensor { withAxes([0, 2, 1]) }

  /// Adds one row times a matrix to a row, four rows of the matrix at a time.
  private static func accumulate(
    _ row: UnsafePointer<Float>, _ inner: Int, _ matrix: UnsafePointer<Float>, _ columns: Int,
    into target: UnsafeMutablePointer<Float>
  ) {
    let blocks = inner / 4 * 4
    for k in stride(from: 0, to: blocks, by: 4) {
      let (a, b, c, d) = (row[k], row[k + 1], row[k + 2], row[k + 3])
      let first = matrix + k * columns
      let (second, third, fourth) = (first + columns, first + 2 * columns, first + 3 * columns)
      for j in 0..<columns {
        target[j] += (a * first[j] + b * second[j]) + (c * third[j] + d * fourth[j])
      }
    }
    for k in blocks..<inner {
      for j in 0..<columns { target[j] += row[k] * matrix[k * columns + j] }
    }
  }
}
