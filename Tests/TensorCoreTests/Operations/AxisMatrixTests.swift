import TensorCore
import TestSupport
import Testing

@Suite struct AxisMatrixTests {
  /// The rows (1, 2) and (0, 3) on the columns of [[1, 10], [2, 20]]: 1 + 2 * 2 = 5, 10 + 2 * 20 = 50; 3 * 2, 3 * 20.
  @Test func multipliesAlongAnAxis() {
    let matrix = AxisMatrix(
      columns: 2,
      rows: [[.init(column: 0, weight: 1), .init(column: 1, weight: 2)], [.init(column: 1, weight: 3)]])
    #expect(Tensor([2, 2], [1, 10, 2, 20]).multiplied(by: matrix, along: 0).values == [5, 50, 6, 60])
    // Transposed: the rows (1, 0) and (2, 3).
    #expect(
      Tensor([2, 2], [1, 10, 2, 20]).multiplied(by: matrix.transposed, along: 0).values == [1, 10, 8, 80])
  }

  @Test func repeatsAxesOfExtentOne() {
    #expect(Tensor([1, 1, 2], [3, 4]).broadcast(to: [1, 2, 2]).values == [3, 4, 3, 4])
  }
}

@Suite struct ResamplingFilterTests {
  private func weights(_ matrix: AxisMatrix) -> [[Float]] {
    matrix.rows.map { row in
      var weights = [Float](repeating: 0, count: matrix.columns)
      for element in row { weights[element.column] += element.weight }
      return weights
    }
  }

  /// Centres of four cells over two are at -1/4, 1/4, 3/4, 5/4: clamped at the ends, else between the two.
  @Test func linear() {
    #expect(
      weights(ResamplingFilter.linear.matrix(from: 2, to: 4)) == [
        [1, 0], [0.75, 0.25], [0.25, 0.75], [0, 1],
      ])
  }

  @Test func nearest() {
    #expect(weights(ResamplingFilter.nearest.matrix(from: 2, to: 3)) == [[1, 0], [0, 1], [0, 1]])
  }

  /// Each of two cells covers one and a half of three.
  @Test func area() {
    let found = weights(ResamplingFilter.area.matrix(from: 3, to: 2))
    for (row, expected) in zip(found, [[2, 1, 0], [0, 1, 2]] as [[Float]]) {
      for (a, b) in zip(row, expected) { #expect(abs(a - b / 3) < 1e-7) }
    }
  }

  /// Widened to two cells, a triangle over four cells has the weights 1/8, 3/8, 3/8, 1/8 in the middle of an image.
  @Test func antialiasedLinear() {
    let found = weights(ResamplingFilter.linear.matrix(from: 8, to: 4, isAntialiased: true))[1]
    #expect(zip(found, [0, 1, 3, 3, 1, 0, 0, 0]).allSatisfy { abs($0 - $1 / 8) < 1e-6 })
  }

  @Test(arguments: ResamplingFilter.allCases, [(5, 5), (5, 13), (13, 5), (1, 4), (4, 1)])
  func constantsStayConstant(_ filter: ResamplingFilter, _ extents: (from: Int, to: Int)) {
    for isAntialiased in [false, true] {
      let matrix = filter.matrix(from: extents.from, to: extents.to, isAntialiased: isAntialiased)
      #expect(matrix.rows.count == extents.to && matrix.columns == extents.from)
      for row in matrix.rows { #expect(abs(row.reduce(0) { $0 + $1.weight } - 1) < 1e-5) }
    }
  }
}
