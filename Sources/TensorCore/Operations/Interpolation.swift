import Foundation

/// How values between grid points are found when a map is resized.
public enum Interpolation: String, Sendable, CaseIterable {
  /// Linear along every axis on half-pixel centres: `source = (i + 1/2) * n / m - 1/2`, clamped to the ends.
  ///
  /// The convention of TensorFlow 2, PyTorch with `align_corners=False` and OpenCV.
  case linear = "bilinear"
  /// The value of the cell that contains the half-pixel centre.
  case nearest
  /// A cubic B-spline through the values, on a grid that keeps both ends: `source = i * (n - 1) / (m - 1)`.
  ///
  /// What `scipy.ndimage.zoom` does by default; it over- and undershoots.
  case cubicSpline = "cubic-spline"
}

extension Tensor {
  /// Resizes the spatial axes.
  ///
  /// - Parameters:
  ///   - extents: The new spatial extents.
  ///   - interpolation: How values between grid points are found.
  /// - Returns: `[batch, extents..., channels]`. An axis whose extent stays is left as it is.
  public func resized(to extents: [Int], by interpolation: Interpolation = .linear) -> Tensor {
    precondition(
      extents.count == shape.spatial.count, "spatial axes of \(shape) cannot be resized to \(Shape(extents))")
    var result = self
    for (index, extent) in extents.enumerated() where extent != result.shape[index + 1] {
      let length = result.shape[index + 1]
      precondition(length > 0, "an empty axis of \(shape) has no values to interpolate")
      let rows = (0..<extent).map { interpolation.weights(for: $0, of: extent, from: length) }
      result = result.mapLines(along: index + 1, to: extent) { line in
        let values = interpolation == .cubicSpline ? splineCoefficients(of: line) : line
        return rows.map { row in row.reduce(0) { $0 + values[$1.source] * $1.weight } }
      }
    }
    return result
  }
}

extension Interpolation {
  /// Which source cells make up cell `index` of `extent`, and with what weights.
  fileprivate func weights(for index: Int, of extent: Int, from length: Int) -> [(
    source: Int, weight: Double
  )] {
    switch self {
    case .linear:
      let position = (Double(index) + 0.5) * Double(length) / Double(extent) - 0.5
      let clamped = min(max(position, 0), Double(length - 1))
      let low = min(Int(clamped), max(length - 2, 0))
      let fraction = clamped - Double(low)
      return [(low, 1 - fraction), (min(low + 1, length - 1), fraction)]
    case .nearest:
      return [(min((2 * index + 1) * length / (2 * extent), length - 1), 1)]
    case .cubicSpline:
      let step = extent > 1 ? Double(length - 1) / Double(extent - 1) : 0
      let position = Double(index) * step
      let low = Int(position.rounded(.down))
      let t = position - Double(low)
      let basis = [
        (1 - t) * (1 - t) * (1 - t) / 6, (4 - 6 * t * t + 3 * t * t * t) / 6,
        (1 + 3 * t + 3 * t * t - 3 * t * t * t) / 6, t * t * t / 6,
      ]
      return basis.enumerated().map { (mirrored(low - 1 + $0.offset, length), $0.element) }
    }
  }
}

/// The cell that a coordinate outside `0..<length` is reflected to, the ends not repeated.
private func mirrored(_ coordinate: Int, _ length: Int) -> Int {
  guard length > 1 else { return 0 }
  let period = 2 * (length - 1)
  let wrapped = ((coordinate % period) + period) % period
  return wrapped < length ? wrapped : period - wrapped
}

/// The coefficients of the cubic B-spline through a line of values with mirrored ends.
///
/// The recursive filter of Unser, Aldroubi and Eden 1993 with the pole `sqrt(3) - 2`, started with the exact mirror sums.
private func splineCoefficients(of line: [Double]) -> [Double] {
  let count = line.count
  guard count > 1 else { return line }
  let pole = 3.0.squareRoot() - 2
  var c = line.map { $0 * (1 - pole) * (1 - 1 / pole) }
  let last = pow(pole, Double(count - 1))
  var sum = c[0] + last * c[count - 1]
  var power = pole
  var mirror = last * last / pole
  for index in 1..<(count - 1) {
    sum += (power + mirror) * c[index]
    power *= pole
    mirror /= pole
  }
  c[0] = sum / (1 - last * last)
  for index in 1..<count { c[index] += pole * c[index - 1] }
  c[count - 1] = (pole / (pole * pole - 1)) * (c[count - 1] + pole * c[count - 2])
  for index in stride(from: count - 2, through: 0, by: -1) { c[index] = pole * (c[index + 1] - c[index]) }
  return c
}
