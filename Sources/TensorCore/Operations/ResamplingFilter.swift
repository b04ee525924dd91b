import Foundation

/// How a network's own resizing layers find values between the cells of an axis: the filters of TensorFlow's image operations.
///
/// Cells and positions are related by their centres: `position = (i + 1/2) * n / m - 1/2` for cell `i` of `m`, read from `n`
/// cells. Weights of cells outside are left out and the others scaled to the sum one.
public enum ResamplingFilter: String, Sendable, CaseIterable {
  /// The cell that contains the position.
  case nearest
  /// The two neighbouring cells.
  case linear = "bilinear"
  /// The cubic of Keys 1981 with a = -1/2 over four cells.
  case cubic = "bicubic"
  /// The mean of the cells that the new cell covers, each by its covered share.
  case area
  /// A windowed sine over six cells.
  case lanczos3
  /// A windowed sine over ten cells.
  case lanczos5
  /// A Gaussian of standard deviation 1/2 that ends at 3/2.
  case gaussian
  /// The cubic of Mitchell and Netravali 1988 with B = C = 1/3.
  case mitchell = "mitchellcubic"

  /// The matrix that resizes an axis.
  ///
  /// - Parameters:
  ///   - length: The number of cells that are read, at least one.
  ///   - extent: The number of new cells, at least one.
  ///   - isAntialiased: Whether the filter is widened by `length / extent` where that is above one; `nearest` and `area` stay as
  ///     they are.
  /// - Returns: A matrix of `extent` rows and `length` columns.
  public func matrix(from length: Int, to extent: Int, isAntialiased: Bool = false) -> AxisMatrix {
    precondition(length > 0 && extent > 0, "an axis of \(length) cells cannot be resized to \(extent)")
    let rows = (0..<extent).map { index -> [AxisMatrix.Element] in
      switch self {
      case .nearest:
        [.init(column: min((2 * index + 1) * length / (2 * extent), length - 1), weight: 1)]
      case .area: covered(index, length, extent)
      case .cubic where !isAntialiased: tabulatedCubic(index, length, extent)
      default: filtered(index, length, extent, isAntialiased)
      }
    }
    return AxisMatrix(columns: length, rows: rows)
  }

  /// How far from its centre the filter reaches, in cells.
  private var radius: Double {
    switch self {
    case .nearest, .area: 0.5
    case .linear: 1
    case .gaussian: 1.5
    case .cubic, .mitchell: 2
    case .lanczos3: 3
    case .lanczos5: 5
    }
  }

  /// The filter at a distance from its centre.
  private func weight(at distance: Double) -> Double {
    let x = abs(distance)
    guard x < radius else { return 0 }
    switch self {
    case .nearest, .area: return 1
    case .linear: return 1 - x
    case .cubic: return x < 1 ? (1.5 * x - 2.5) * x * x + 1 : ((-0.5 * x + 2.5) * x - 4) * x + 2
    case .mitchell:
      return x < 1
        ? (7.0 / 6 * x - 2) * x * x + 8.0 / 9 : ((-7.0 / 18 * x + 2) * x - 10.0 / 3) * x + 16.0 / 9
    case .gaussian: return exp(-2 * x * x)
    case .lanczos3, .lanczos5:
      guard x > 1e-3 else { return 1 }
      return radius * sin(.pi * x) * sin(.pi * x / radius) / (.pi * .pi * x * x)
    }
  }

  private func filtered(
    _ index: Int, _ length: Int, _ extent: Int, _ isAntialiased: Bool
  ) -> [AxisMatrix.Element] {
    let shrinking = Double(length) / Double(extent)
    let width = isAntialiased ? max(shrinking, 1) : 1
    let center = (Double(index) + 0.5) * shrinking - 0.5
    let first = max(Int((center - radius * width).rounded(.up)), 0)
    let last = min(Int((center + radius * width).rounded(.down)), length - 1)
    return Self.normalized(
      (first...max(first, last)).map { ($0, weight(at: (Double($0) - center) / width)) })
  }

  private func covered(_ index: Int, _ length: Int, _ extent: Int) -> [AxisMatrix.Element] {
    let cell = Double(length) / Double(extent)
    let (low, high) = (Double(index) * cell, Double(index + 1) * cell)
    let first = min(Int(low), length - 1)
    let last = min(max(Int(high.rounded(.up)) - 1, first), length - 1)
    return Self.normalized(
      (first...last).map { ($0, min(Double($0 + 1), high) - max(Double($0), low)) })
  }

  /// TensorFlow looks the cubic up in a table of 1024 steps per cell, so that positions are rounded to these.
  private func tabulatedCubic(_ index: Int, _ length: Int, _ extent: Int) -> [AxisMatrix.Element] {
    let position = (Double(index) + 0.5) * Double(length) / Double(extent) - 0.5
    let low = position.rounded(.down)
    let fraction = ((position - low) * 1024).rounded(.toNearestOrEven) / 1024
    let taps = (-1...2).map { (Int(low) + $0, weight(at: Double($0) - fraction)) }
    return Self.normalized(taps.filter { (0..<length).contains($0.0) })
  }

  private static func normalized(_ taps: [(column: Int, weight: Double)]) -> [AxisMatrix.Element] {
    let sum = taps.reduce(0) { $0 + $1.weight }
    let scale = sum == 0 ? 1 : 1 / sum
    return taps.filter { $0.weight != 0 }.map { .init(column: $0.column, weight: Float($0.weight * scale)) }
  }
}
