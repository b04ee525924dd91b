import TensorCore

/// The direction in which the feature vectors of positions differ most.
///
/// It is the first right singular vector of the matrix of positions and channels with its column means subtracted, found by the method of
/// Lanczos with full reorthogonalisation in 64 bits, restarted until the residual is far below 32-bit rounding. Nothing is drawn anew from run to run.
///
/// Source: C. Lanczos, *An iteration method for the solution of the eigenvalue problem of linear differential and integral operators*,
/// Journal of Research of the National Bureau of Standards 45 (1950).
struct PrincipalComponent {
  /// Vectors until a restart.
  private static let mostVectors = 40
  private static let mostRestarts = 50
  /// The share of the eigenvalue that the residual may be.
  private static let tolerance = 1e-11

  private let rows: [Double]
  private let width: Int

  /// Centres the feature vectors of one item.
  ///
  /// - Parameter maps: `[1, spatial..., channels]`.
  init(of maps: Tensor) {
    width = maps.shape.channels
    var rows = maps.values.map(Double.init)
    let height = Double(max(maps.shape.positions, 1))
    for channel in 0..<width {
      let column = stride(from: channel, to: rows.count, by: width)
      let mean = column.reduce(0) { $0 + rows[$1] } / height
      for index in column { rows[index] -= mean }
    }
    self.rows = rows
  }

  /// For every position how far its feature vector lies along the direction; zeros when all vectors are equal.
  var projections: [Double] {
    var random = NumPyLegacyRandom(seed: 0)
    var direction = normalized((0..<width).map { _ in random.standardNormal() }).vector
    for _ in 0..<Self.mostRestarts {
      let (better, isConverged) = improved(direction)
      direction = better
      if isConverged { break }
    }
    return products(with: direction)
  }

  /// The best approximation in the Krylov space of a direction, and whether its residual is small enough.
  private func improved(_ start: [Double]) -> (vector: [Double], isConverged: Bool) {
    var basis = [start]
    var diagonal: [Double] = []
    var offDiagonal: [Double] = []
    while true {
      var next = covariance(times: basis[basis.count - 1])
      diagonal.append(dot(next, basis[basis.count - 1]))
      // Twice is enough to leave nothing but rounding along the vectors before.
      for _ in 0..<2 {
        for vector in basis {
          let share = dot(next, vector)
          for index in next.indices { next[index] -= share * vector[index] }
        }
      }
      let (vector, length) = normalized(next)
      offDiagonal.append(length)
      let isExhausted = length <= Self.tolerance * diagonal.reduce(0) { max($0, abs($1)) }
      if isExhausted || basis.count == min(Self.mostVectors, width) {
        let (value, coefficients) = Self.largestEigenpair(diagonal, offDiagonal)
        var result = [Double](repeating: 0, count: width)
        for (coefficient, vector) in zip(coefficients, basis) {
          for index in result.indices { result[index] += coefficient * vector[index] }
        }
        let residual = length * abs(coefficients[coefficients.count - 1])
        return (normalized(result).vector, isExhausted || residual <= Self.tolerance * value)
      }
      basis.append(vector)
    }
  }

  /// The largest eigenvalue of a positive semidefinite tridiagonal matrix and its eigenvector, by squaring the matrix until it has rank
  /// one.
  private static func largestEigenpair(
    _ diagonal: [Double], _ offDiagonal: [Double]
  ) -> (value: Double, vector: [Double]) {
    let size = diagonal.count
    var matrix = [Double](repeating: 0, count: size * size)
    for index in 0..<size {
      matrix[index * size + index] = diagonal[index]
      if index + 1 < size {
        matrix[index * size + index + 1] = offDiagonal[index]
        matrix[(index + 1) * size + index] = offDiagonal[index]
      }
    }
    let original = matrix
    for _ in 0..<60 {
      let largest = matrix.reduce(0) { max($0, abs($1)) }
      guard largest > 0 else { break }
      let scaled = matrix.map { $0 / largest }
      for row in 0..<size {
        for column in 0..<size {
          var sum = 0.0
          for inner in 0..<size { sum += scaled[row * size + inner] * scaled[inner * size + column] }
          matrix[row * size + column] = sum
        }
      }
    }
    let best = (0..<size).max { matrix[$0 * size + $0] < matrix[$1 * size + $1] } ?? 0
    let column = (0..<size).map { matrix[$0 * size + best] }
    let length = dot(column, column).squareRoot()
    let vector = length > 0 ? column.map { $0 / length } : (0..<size).map { $0 == best ? 1 : 0 }
    let image = (0..<size).map { row in
      (0..<size).reduce(0) { $0 + original[row * size + $1] * vector[$1] }
    }
    return (dot(image, vector), vector)
  }

  /// Every row times a vector.
  private func products(with vector: [Double]) -> [Double] {
    stride(from: 0, to: rows.count, by: width).map { start in
      var sum = 0.0
      for index in 0..<width { sum += rows[start + index] * vector[index] }
      return sum
    }
  }

  /// The transposed rows times the rows times a vector.
  private func covariance(times vector: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: width)
    for (row, product) in products(with: vector).enumerated() {
      for index in 0..<width { result[index] += product * rows[row * width + index] }
    }
    return result
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in a.indices { sum += a[index] * b[index] }
  return sum
}

/// A vector of length one, and the length that it had; a vector of length zero stays.
private func normalized(_ vector: [Double]) -> (vector: [Double], length: Double) {
  let length = dot(vector, vector).squareRoot()
  return (length > 0 ? vector.map { $0 / length } : vector, length)
}
