import Foundation

/// The places of a window that slides over a grid of positions.
///
/// Windows begin at multiples of the stride; the last one along an axis is cut off at the border.
package struct SlidingWindows: Sendable {
  /// How many windows a stride chosen automatically leaves at most, about.
  static let automaticWindows = 1024.0

  /// The extents of the window.
  let window: [Int]
  /// How far apart windows begin.
  let stride: [Int]
  private let extents: [Int]
  private let places: [Int]

  /// The number of windows.
  package var count: Int { places.reduce(1, *) }

  /// Plans windows.
  ///
  /// Automatically a window is an eighth of every axis, and the stride is the shortest with which an axis has at most the `n`-th root of
  /// 1,024 windows, `n` being the number of axes of more than one position. A window is at most as long as the axis, a stride at most as
  /// long as the window, so that every position is reached.
  ///
  /// - Throws: `ExplanationError.badParameter` for another number of extents than there are axes.
  package init(
    over extents: [Int], window: WindowExtent, stride: WindowExtent, of method: String
  ) throws(ExplanationError) {
    let axes = max(extents.count { $0 > 1 }, 1)
    let most = Int(pow(Self.automaticWindows, 1 / Double(axes)) + 1e-9)
    let windows = try window.resolved(extents.map { ($0 + 7) / 8 }, "window", of: method)
    let strides = try stride.resolved(extents.map { ($0 + most - 1) / most }, "stride", of: method)
    self.extents = extents
    self.window = zip(windows, extents).map { min($0, $1) }
    self.stride = zip(strides, self.window).map { min($0, $1) }
    places = extents.indices.map { [window = self.window, stride = self.stride] axis in
      (extents[axis] - window[axis] + stride[axis] - 1) / stride[axis] + 1
    }
  }

  /// The positions of a window, as runs of indices that follow each other.
  package func runs(of index: Int) -> [Range<Int>] {
    var rest = index
    var runs = [0..<1]
    var ranges: [Range<Int>] = []
    for axis in extents.indices.reversed() {
      let start = rest % places[axis] * stride[axis]
      rest /= places[axis]
      ranges.insert(start..<min(start + window[axis], extents[axis]), at: 0)
    }
    for (axis, range) in ranges.enumerated() {
      let isLast = axis == ranges.count - 1
      runs = runs.flatMap { run in
        let first = run.lowerBound * extents[axis]
        return isLast
          ? [(first + range.lowerBound)..<(first + range.upperBound)]
          : range.map { (first + $0)..<(first + $0 + 1) }
      }
    }
    return runs
  }
}

extension WindowExtent {
  /// One number for every axis.
  fileprivate func resolved(
    _ automatic: [Int], _ parameter: String, of method: String
  ) throws(ExplanationError) -> [Int] {
    switch self {
    case .automatic: return automatic
    case .uniform(let extent): return automatic.map { _ in extent }
    case .perAxis(let extents):
      guard extents.count == automatic.count else {
        throw .badParameter(
          method: method, name: parameter, value: text ?? "",
          expected: "one whole number, or \(automatic.count): one for every axis of the input")
      }
      return extents
    }
  }
}
