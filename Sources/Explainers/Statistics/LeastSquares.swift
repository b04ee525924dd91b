/// Sums from which a weighted linear regression is solved, in 64 bits; they do not grow with the number of observations.
///
///     minimise over b, c:  sum of w (y - c - x b)^2 + ridge |b|^2
struct LeastSquares {
  /// The number of features.
  let features: Int
  /// Whether there is a constant `c`; else it is zero.
  let hasConstant: Bool
  /// The number of observations.
  private(set) var observations = 0
  private var weight = 0.0
  private var response = (sum: 0.0, squares: 0.0)
  private var sums: [Double]
  private var products: [Double]
  private var moments: [Double]

  init(features: Int, hasConstant: Bool) {
    self.features = features
    self.hasConstant = hasConstant
    sums = Array(repeating: 0, count: features)
    products = sums
    moments = Array(repeating: 0, count: features * features)
  }

  /// What came of a regression.
  struct Solution {
    /// The coefficient of every feature.
    var coefficients: [Double]
    /// Their covariances, row by row, as weighted least squares estimates them from the residuals; `nil` for too few observations.
    var covariances: [Double]?
  }

  /// Takes an observation in.
  mutating func add(_ x: [Double], _ y: Double, weight w: Double) {
    observations += 1
    weight += w
    response.sum += w * y
    response.squares += w * y * y
    for row in 0..<features where x[row] != 0 {
      let scaled = w * x[row]
      sums[row] += scaled
      products[row] += scaled * y
      for column in 0...row { moments[row * features + column] += scaled * x[column] }
    }
  }

  /// What Cholesky's factors of the normal equations give.
  ///
  /// - Parameters:
  ///   - ridge: The penalty on the coefficients.
  ///   - isEstimatingErrors: Whether covariances are wanted.
  /// - Returns: The coefficients; zero for those that the observations leave open.
  func solved(ridge: Double = 0, isEstimatingErrors: Bool = false) -> Solution {
    var matrix = moments
    var right = products
    let centre = hasConstant && weight > 0 ? 1 / weight : 0
    for row in 0..<features {
      right[row] -= centre * sums[row] * response.sum
      for column in 0...row { matrix[row * features + column] -= centre * sums[row] * sums[column] }
    }
    let plain = matrix
    for row in 0..<features { matrix[row * features + row] += ridge }
    let factors = Cholesky(matrix, size: features)
    let coefficients = factors.solve(right)
    let freedom = observations - features - (hasConstant ? 1 : 0)
    guard isEstimatingErrors, freedom > 0 else { return Solution(coefficients: coefficients) }
    let total = response.squares - centre * response.sum * response.sum
    let residuals = residuals(coefficients, total, right, plain)
    return Solution(
      coefficients: coefficients,
      covariances: covariances(factors, plain).map { $0 * max(residuals, 0) / Double(freedom) })
  }

  /// The weighted sum of squared residuals: `total - 2 b r + b A b`.
  private func residuals(_ b: [Double], _ total: Double, _ right: [Double], _ matrix: [Double]) -> Double {
    var sum = total
    for row in 0..<features {
      sum -= 2 * b[row] * right[row]
      for column in 0..<row { sum += 2 * b[row] * b[column] * matrix[row * features + column] }
      sum += b[row] * b[row] * matrix[row * features + row]
    }
    return sum
  }

  /// `H^-1 A H^-1`, where `H` is `A` with the ridge.
  private func covariances(_ factors: Cholesky, _ matrix: [Double]) -> [Double] {
    let n = features
    let inverse = (0..<n).map { column in factors.solve((0..<n).map { $0 == column ? 1 : 0 }) }
    func element(_ i: Int, _ j: Int) -> Double { matrix[max(i, j) * n + min(i, j)] }
    let product = inverse.map { row in
      (0..<n).map { j in (0..<n).reduce(0) { $0 + row[$1] * element($1, j) } }
    }
    return (0..<n).flatMap { i in
      (0..<n).map { j in (0..<n).reduce(0) { $0 + product[i][$1] * inverse[j][$1] } }
    }
  }
}

/// The factors `L` of a symmetric matrix `L L^T` without negative eigenvalues.
struct Cholesky {
  private let size: Int
  private var factors: [Double]

  /// Factors a matrix, of which only what lies on and below the diagonal is read.
  ///
  /// Where the equations leave an unknown open, its row becomes zero, and `solve` gives zero for it.
  init(_ matrix: [Double], size: Int) {
    self.size = size
    factors = matrix
    let largest = (0..<size).reduce(0) { max($0, matrix[$1 * size + $1]) }
    for column in 0..<size {
      for row in column..<size {
        var value = factors[row * size + column]
        for index in 0..<column { value -= factors[row * size + index] * factors[column * size + index] }
        if row == column {
          factors[row * size + row] = value > 1e-12 * largest ? value.squareRoot() : 0
        } else {
          let pivot = factors[column * size + column]
          factors[row * size + column] = pivot > 0 ? value / pivot : 0
        }
      }
    }
  }

  /// The solution of `L L^T x = right`.
  func solve(_ right: [Double]) -> [Double] {
    var x = right
    for row in 0..<size {
      for index in 0..<row { x[row] -= factors[row * size + index] * x[index] }
      divide(&x, row)
    }
    for row in stride(from: size - 1, through: 0, by: -1) {
      for index in (row + 1)..<max(size, row + 1) { x[row] -= factors[index * size + row] * x[index] }
      divide(&x, row)
    }
    return x
  }

  private func divide(_ x: inout [Double], _ row: Int) {
    let pivot = factors[row * size + row]
    x[row] = pivot > 0 ? x[row] / pivot : 0
  }
}
