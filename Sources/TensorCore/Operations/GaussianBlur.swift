import Foundation

extension Tensor {
  /// Smooths every spatial axis with a Gaussian.
  ///
  /// The kernel reaches `int(4 sigma + 1/2)` cells to both sides and is normalised; borders repeat by reflection with the edge
  /// cell counted twice, as in `scipy.ndimage.gaussian_filter`.
  ///
  /// - Parameter sigma: The standard deviation in cells; zero leaves the tensor as it is.
  /// - Returns: A tensor of the same shape.
  public func blurred(sigma: Double) -> Tensor {
    guard sigma > 0 else { return self }
    let radius = Int(4 * sigma + 0.5)
    let powers = (-radius...radius).map { exp(-0.5 * Double($0 * $0) / (sigma * sigma)) }
    let sum = powers.reduce(0, +)
    let kernel = powers.map { $0 / sum }
    return shape.spatial.indices.reduce(self) { tensor, axis in
      let length = shape.spatial[axis]
      return tensor.mapLines(along: axis + 1, to: length) { line in
        line.indices.map { center in
          kernel.indices.reduce(0) { $0 + kernel[$1] * line[reflected(center + $1 - radius, length)] }
        }
      }
    }
  }
}

/// The cell that a coordinate outside `0..<length` is reflected to, the ends repeated: `d c b a | a b c d | d c b a`.
private func reflected(_ coordinate: Int, _ length: Int) -> Int {
  let period = 2 * length
  let wrapped = ((coordinate % period) + period) % period
  return wrapped < length ? wrapped : period - 1 - wrapped
}
