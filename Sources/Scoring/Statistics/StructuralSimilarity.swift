/// How alike two maps look, window by window: the structural similarity index of Wang et al., 2004.
///
///     SSIM = mean over windows of  (2 mx my + C1) (2 sxy + C2) / ((mx^2 + my^2 + C1) (sx^2 + sy^2 + C2))
///
/// with the means `m`, the variances and the covariance `s` (divided by one less than the values) of a window, `C1 = (0.01 R)^2` and
/// `C2 = (0.03 R)^2`, where `R` is the range from the smallest to the largest value of both maps.
///
/// - Note: Equal to `skimage.metrics.structural_similarity` of scikit-image 0.26 with its defaults, which refuses axes below 7.
package enum StructuralSimilarity {
  /// The mean over all windows that lie inside the maps.
  ///
  /// - Parameters:
  ///   - first: Finite values in the order of memory.
  ///   - second: As many.
  ///   - extents: The extents of the maps. Windows have 7 positions along every axis, or the largest odd number that an axis has room for.
  /// - Returns: A number from -1 to 1: 1 for equal maps. `nil` when windows have one position.
  package static func mean(_ first: [Double], _ second: [Double], extents: [Int]) -> Double? {
    let windows = extents.map { min(7, ($0 + 1) / 2 * 2 - 1) }
    let values = windows.reduce(1, *)
    guard values > 1, let least = (first + second).min(), let most = (first + second).max() else {
      return nil
    }
    guard most > least else { return 1 }
    // Values are taken in units of the range, so that squares neither overflow nor vanish.
    let unit = most - least
    let (x, y) = (first.map { $0 / unit }, second.map { $0 / unit })
    func means(_ values: [Double]) -> [Double] { windowMeans(values, extents: extents, windows: windows) }
    let (meanX, meanY) = (means(x), means(y))
    let (squareX, squareY) = (means(zip(x, x).map(*)), means(zip(y, y).map(*)))
    let product = means(zip(x, y).map(*))
    let unbiased = Double(values) / Double(values - 1)
    let (c1, c2) = (0.01 * 0.01, 0.03 * 0.03)
    var sum = 0.0
    for index in meanX.indices {
      let (mx, my) = (meanX[index], meanY[index])
      let (sx, sy) = (unbiased * (squareX[index] - mx * mx), unbiased * (squareY[index] - my * my))
      let covariance = unbiased * (product[index] - mx * my)
      sum += (2 * mx * my + c1) * (2 * covariance + c2) / ((mx * mx + my * my + c1) * (sx + sy + c2))
    }
    return sum / Double(meanX.count)
  }

  /// The means of all windows that lie inside, axis after axis.
  private static func windowMeans(_ values: [Double], extents: [Int], windows: [Int]) -> [Double] {
    var extents = extents
    var values = values
    for axis in extents.indices {
      let (length, window) = (extents[axis], windows[axis])
      let inner = extents[(axis + 1)...].reduce(1, *)
      let outer = extents[..<axis].reduce(1, *)
      let places = length - window + 1
      var sums = [Double](repeating: 0, count: outer * places * inner)
      for index in sums.indices {
        let start = index / (places * inner) * length * inner + index % (places * inner)
        for tap in 0..<window { sums[index] += values[start + tap * inner] }
        sums[index] /= Double(window)
      }
      values = sums
      extents[axis] = places
    }
    return values
  }
}
