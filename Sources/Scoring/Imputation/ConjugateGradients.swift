/// Solves symmetric, positive definite systems of linear equations that are known by their product with a vector.
enum ConjugateGradients {
  /// The solution.
  ///
  /// Stops when the residual's length is below `tolerance` times that of the right side, at the latest after as many steps as there are
  /// unknowns, which would be exact without rounding (1000 steps at least).
  ///
  /// - Note: Hestenes and Stiefel, Journal of Research of the National Bureau of Standards 49 (1952).
  /// - Parameters:
  ///   - right: The right side.
  ///   - start: Where to begin.
  ///   - tolerance: The residual that is accepted, as a share of the right side.
  ///   - multiply: Writes the product of the matrix with its first argument to its second.
  /// - Returns: As many numbers as `right` has.
  static func solve(
    _ right: [Double], from start: [Double], tolerance: Double, _ multiply: ([Double], inout [Double]) -> Void
  ) -> [Double] {
    var solution = start
    var product = [Double](repeating: 0, count: right.count)
    multiply(solution, &product)
    var residual = zip(right, product).map { $0 - $1 }
    var direction = residual
    var square = dot(residual, residual)
    let enough = tolerance * tolerance * dot(right, right)
    for _ in 0..<max(right.count, 1000) {
      guard square > enough, square > 0 else { break }
      multiply(direction, &product)
      let step = square / dot(direction, product)
      for index in right.indices {
        solution[index] += step * direction[index]
        residual[index] -= step * product[index]
      }
      let next = dot(residual, residual)
      let share = next / square
      for index in right.indices { direction[index] = residual[index] + share * direction[index] }
      square = next
    }
    return solution
  }

  private static func dot(_ first: [Double], _ second: [Double]) -> Double {
    var sum = 0.0
    for index in first.indices { sum += first[index] * second[index] }
    return sum
  }
}
