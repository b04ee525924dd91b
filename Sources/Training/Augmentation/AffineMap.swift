import Foundation

/// An affine map from places of the output to places of the input, both taken from the middle of an item.
package struct AffineMap: Sendable, Equatable {
  /// The linear part, row by row: one row for every axis of the input.
  package private(set) var matrix: [Double]
  /// What is added.
  package private(set) var offset: [Double]
  /// The number of spatial axes.
  package let rank: Int

  /// Creates the identity.
  package init(rank: Int) {
    self.rank = rank
    offset = [Double](repeating: 0, count: rank)
    matrix = (0..<(rank * rank)).map { $0 % (rank + 1) == 0 ? 1 : 0 }
  }

  /// Whether it leaves every item as it is.
  package var isIdentity: Bool { self == AffineMap(rank: rank) }

  /// Turns an axis round.
  package mutating func flip(_ axis: Int) { zoom(axis, by: -1) }

  /// Stretches an axis of the input.
  package mutating func zoom(_ axis: Int, by factor: Double) {
    for column in 0..<rank { matrix[axis * rank + column] *= factor }
    offset[axis] *= factor
  }

  /// Adds to the places in the input, in samples.
  package mutating func shift(by samples: [Double]) {
    for axis in 0..<rank { offset[axis] += samples[axis] }
  }

  /// Turns the plane of the last two axes by 90 degrees, several times; once is what `numpy.rot90` does.
  package mutating func turn(byQuarters quarters: Int) {
    // The places are exact, so the values are, too.
    let (cosine, sine) = [(1.0, 0.0), (0, 1), (-1, 0), (0, -1)][quarters & 3]
    if quarters & 3 != 0 { transformPlane([cosine, -sine, sine, cosine]) }
  }

  /// Turns the plane of the last two axes.
  package mutating func rotate(degrees: Double) {
    let angle = degrees * .pi / 180
    transformPlane([cos(angle), -sin(angle), sin(angle), cos(angle)])
  }

  /// Shears the plane of the last two axes.
  package mutating func shear(degrees: Double) {
    let angle = degrees * .pi / 180
    transformPlane([1, -sin(angle), 0, cos(angle)])
  }

  /// Applies a matrix over (x, y) to the plane of the last axis, x, and the one before, y.
  private mutating func transformPlane(_ plane: [Double]) {
    let (y, x) = (rank - 2, rank - 1)
    for column in 0..<rank {
      let (across, down) = (matrix[x * rank + column], matrix[y * rank + column])
      matrix[x * rank + column] = plane[0] * across + plane[1] * down
      matrix[y * rank + column] = plane[2] * across + plane[3] * down
    }
    let (across, down) = (offset[x], offset[y])
    offset[x] = plane[0] * across + plane[1] * down
    offset[y] = plane[2] * across + plane[3] * down
  }
}
