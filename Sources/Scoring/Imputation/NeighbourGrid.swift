/// A grid on which some values are missing, with one more position on every side, so that neighbours are at fixed distances.
///
/// Vectors hold one number for every position with these borders; those of unknowns are zero where nothing is missing. The matrix of the
/// equations is `A x = missing (sums x - neighbours(x))`, where `neighbours(x)` adds up the neighbours of every position by their weights:
/// `2^(1 - m)` for one that differs along `m` axes. Along one axis after the other this is
///
///     neighbours(x) = 2 (K K ... x - x),    (K x)[i] = x[i] + (x[i - 1] + x[i + 1]) / 2
final class NeighbourGrid {
  typealias Vector = UnsafeMutablePointer<Double>

  /// The positions along every axis.
  let extents: [Int]
  /// The numbers of a vector.
  let count: Int
  /// One where a value is missing, else zero.
  let missing: Vector
  /// The weights of all neighbours within the grid, added up; one at the borders.
  let sums: Vector
  /// What a step of Jacobi's method multiplies a residual with: 0.8 divided by the sums, which damps all changes from one position to the
  /// next, and zero where nothing is missing.
  private let damping: Vector
  /// From one position to the next along every axis.
  private let strides: [Int]
  /// The places from the first to the last missing value.
  private let range: Range<Int>
  private let scratch: [Vector]

  /// Prepares a grid.
  ///
  /// - Parameters:
  ///   - extents: The positions along every axis, at least one axis.
  ///   - isMissing: Whether the value at a place is missing, for all places within the grid.
  init(_ extents: [Int], isMissing: (Int) -> Bool) {
    self.extents = extents
    strides = Self.strides(of: extents)
    count = extents.reduce(1) { $0 * ($1 + 2) }
    let missing = Self.zeros(count)
    let inside = Self.zeros(count)
    defer { inside.deallocate() }
    for place in Self.places(of: extents) {
      inside[place] = 1
      missing[place] = isMissing(place) ? 1 : 0
    }
    let margin = strides.reduce(0, +)
    let first = (0..<count).first { missing[$0] > 0 } ?? margin
    range = first..<((first..<count).last { missing[$0] > 0 } ?? first) + 1
    self.missing = missing
    let sums = Self.zeros(count)
    let damping = Self.zeros(count)
    (self.sums, self.damping) = (sums, damping)
    scratch = [Self.zeros(count), Self.zeros(count)]
    forEachSum(of: inside, within: margin..<(count - margin)) { sums[$0] = $1 }
    for place in 0..<count where inside[place] == 0 || sums[place] == 0 { sums[place] = 1 }
    for place in 0..<count { damping[place] = 0.8 * missing[place] / sums[place] }
  }

  deinit { for vector in [missing, sums, damping] + scratch { vector.deallocate() } }

  /// A vector of zeros, to be deallocated by who asks for it.
  static func zeros(_ count: Int) -> Vector {
    let vector = Vector.allocate(capacity: count)
    vector.initialize(repeating: 0, count: count)
    return vector
  }

  /// From one position to the next along every axis of a grid with borders.
  static func strides(of extents: [Int]) -> [Int] {
    extents.indices.map { extents[($0 + 1)...].reduce(1) { $0 * ($1 + 2) } }
  }

  /// The places of all positions within the borders, in the order of memory.
  static func places(of extents: [Int]) -> [Int] {
    zip(extents, strides(of: extents)).reduce([0]) { known, axis in
      known.flatMap { start in (1...axis.0).map { start + $0 * axis.1 } }
    }
  }

  /// Whether a value and those next to it along the axes, where there are such, are missing.
  func isMissingAround(_ place: Int) -> Bool {
    func isMissing(_ place: Int) -> Bool { missing[place] > 0 || isBorder(place) }
    return missing[place] > 0 && strides.allSatisfy { isMissing(place - $0) && isMissing(place + $0) }
  }

  private func isBorder(_ place: Int) -> Bool {
    zip(extents, strides).contains { extent, stride in
      let coordinate = place / stride % (extent + 2)
      return coordinate == 0 || coordinate == extent + 1
    }
  }

  /// The neighbours of missing values that are known, added up by their weights: the right side of the equations.
  ///
  /// - Parameters:
  ///   - known: The values, zero where they are missing and at the borders.
  ///   - right: Receives the right side, zero where nothing is missing.
  func right(_ known: Vector, into right: Vector) {
    let missing = missing
    forEachSum(of: known, within: range) { right[$0] = missing[$0] * $1 }
  }

  /// The product of the matrix with a vector.
  func multiply(_ vector: Vector, into product: Vector) {
    let (missing, sums) = (missing, sums)
    forEachSum(of: vector, within: range) { product[$0] = missing[$0] * (sums[$0] * vector[$0] - $1) }
  }

  /// What a solution leaves over: `right - A solution`.
  func subtract(_ solution: Vector, from right: Vector, into rest: Vector) {
    let (missing, sums) = (missing, sums)
    forEachSum(of: solution, within: range) {
      rest[$0] = missing[$0] * (right[$0] - sums[$0] * solution[$0] + $1)
    }
  }

  /// A step of Jacobi's method: the solution and a part of what it leaves over.
  ///
  /// - Parameters:
  ///   - solution: The solution.
  ///   - right: The right side.
  ///   - result: Receives the better solution; another vector.
  func smooth(_ solution: Vector, towards right: Vector, into result: Vector) {
    let (damping, sums) = (damping, sums)
    forEachSum(of: solution, within: range) {
      result[$0] = solution[$0] + damping[$0] * (right[$0] - sums[$0] * solution[$0] + $1)
    }
  }

  /// The same step from zero.
  func begin(_ solution: Vector, towards right: Vector) {
    let damping = damping
    for place in range { solution[place] = damping[place] * right[place] }
  }

  /// Adds a vector where values are missing.
  func add(_ vector: Vector, times share: Double, to solution: Vector) {
    let missing = missing
    for place in range { solution[place] += share * missing[place] * vector[place] }
  }

  /// Calls a function with every place of a range and the weighted sum of a vector's values around it.
  @inline(__always)
  private func forEachSum(of vector: Vector, within range: Range<Int>, _ body: (Int, Double) -> Void) {
    var source = vector
    var reach = strides.reduce(0, +)
    for (axis, stride) in strides.dropLast().enumerated() {
      let target = scratch[axis % 2]
      let (from, before, after) = (source, source - stride, source + stride)
      reach -= stride
      for place in max(range.lowerBound - reach, stride)..<min(range.upperBound + reach, count - stride) {
        target[place] = from[place] + 0.5 * (before[place] + after[place])
      }
      source = target
    }
    // The last axis has the stride one.
    let (from, before, after) = (source, source - 1, source + 1)
    for place in range { body(place, 2 * (from[place] - vector[place]) + before[place] + after[place]) }
  }
}
