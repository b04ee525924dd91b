/// A sparse matrix that acts on the lines along one axis of a tensor.
///
///     y[..., i, ...] = sum over j of matrix[i, j] * x[..., j, ...]
public struct AxisMatrix: Sendable, Equatable {
  /// One element of a row that is not zero.
  public struct Element: Sendable, Equatable {
    /// The column: the cell that is read.
    public let column: Int
    /// The weight of that cell.
    public let weight: Float

    /// Creates an element from the cell that is read and its weight.
    public init(column: Int, weight: Float) {
      self.column = column
      self.weight = weight
    }
  }

  /// The number of cells that are read.
  public let columns: Int
  /// What every cell of the result is made of.
  public let rows: [[Element]]

  /// Creates a matrix.
  ///
  /// - Parameters:
  ///   - columns: The number of cells that are read.
  ///   - rows: What every cell of the result is made of, with columns below `columns`.
  public init(columns: Int, rows: [[Element]]) {
    precondition(
      rows.allSatisfy { $0.allSatisfy { (0..<columns).contains($0.column) } },
      "a row reads outside the \(columns) columns")
    self.columns = columns
    self.rows = rows
  }

  /// The matrix with rows and columns exchanged: the pullback.
  public var transposed: AxisMatrix {
    var result = [[Element]](repeating: [], count: columns)
    for (row, elements) in rows.enumerated() {
      for element in elements { result[element.column].append(Element(column: row, weight: element.weight)) }
    }
    return AxisMatrix(columns: rows.count, rows: result)
  }
}

extension Tensor {
  /// The tensor with a matrix applied to every line along one axis.
  ///
  /// - Parameters:
  ///   - matrix: A matrix with as many columns as the axis is long.
  ///   - axis: The axis.
  /// - Returns: A tensor whose axis has as many cells as the matrix has rows.
  public func multiplied(by matrix: AxisMatrix, along axis: Int) -> Tensor {
    precondition(
      shape[axis] == matrix.columns, "\(matrix.columns) columns do not fit axis \(axis) of \(shape)")
    let outer = shape.extents[..<axis].reduce(1, *)
    let inner = shape.extents[(axis + 1)...].reduce(1, *)
    var extents = shape.extents
    extents[axis] = matrix.rows.count
    var result = Tensor(Shape(extents))
    result.withMutableValues { target in
      withValues { source in
        for block in 0..<outer {
          for (row, elements) in matrix.rows.enumerated() {
            let into = (block * matrix.rows.count + row) * inner
            for element in elements {
              let from = (block * matrix.columns + element.column) * inner
              for lane in 0..<inner { target[into + lane] += element.weight * source[from + lane] }
            }
          }
        }
      }
    }
    return result
  }
}
