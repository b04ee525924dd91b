/// Solves symmetric, positive definite systems of linear equations that are known by their product with a vector.
enum ConjugateGradients {
  typealias Vector = UnsafeMutablePointer<Double>

  /// Improves a solution.
  ///
  /// Stops when the residual's length is below `tolerance` times that of the right side, at the latest after as many steps as there are
  /// numbers, which would be exact without rounding (1000 steps at least).
  ///
  /// - Note: Hestenes and Stiefel, Journal of Research of the National Bureau of Standards 49 (1952), preconditioned.
  /// - Parameters:
  ///   - solution: Where to begin, and the solution.
  ///   - right: The right side.
  ///   - count: The numbers of a vector.
  ///   - tolerance: The residual that is accepted, as a share of the right side.
  ///   - multiply: Writes the product of the matrix with its first argument to its second.
  ///   - precondition: Writes to its second argument nearly the solution for the right side that is its first; symmetric and positive definite.
  static func improve(
    _ solution: Vector, towards right: Vector, count: Int, tolerance: Double,
    multiply: (Vector, Vector) -> Void, precondition: (Vector, Vector) -> Void
  ) {
    let vectors = (0..<4).map { _ in NeighbourGrid.zeros(count) }
    defer { for vector in vectors { vector.deallocate() } }
    let (product, residual, corrected, direction) = (vectors[0], vectors[1], vectors[2], vectors[3])
    multiply(solution, product)
    for index in 0..<count { residual[index] = right[index] - product[index] }
    let enough = tolerance * tolerance * dot(right, right, count)
    var square = dot(residual, residual, count)
    var last = 0.0
    for _ in 0..<max(count, 1000) {
      guard square > enough, square > 0 else { return }
      precondition(residual, corrected)
      let next = dot(residual, corrected, count)
      let share = last > 0 ? next / last : 0
      last = next
      for index in 0..<count { direction[index] = corrected[index] + share * direction[index] }
      multiply(direction, product)
      let step = next / dot(direction, product, count)
      for index in 0..<count {
        solution[index] += step * direction[index]
        residual[index] -= step * product[index]
      }
      square = dot(residual, residual, count)
    }
  }

  /// The sum of the products, eight sums side by side.
  private static func dot(_ first: Vector, _ second: Vector, _ count: Int) -> Double {
    var sums = SIMD8<Double>()
    let whole = count / 8 * 8
    for index in stride(from: 0, to: whole, by: 8) {
      for lane in 0..<8 { sums[lane] += first[index + lane] * second[index + lane] }
    }
    return (whole..<count).reduce(sums.sum()) { $0 + first[$1] * second[$1] }
  }
}
