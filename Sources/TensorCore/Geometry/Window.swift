/// A window that slides over the spatial axes: of a convolution, a pooling, an occlusion, a grid of masks.
///
/// It knows no extents; `resolved(over:)` fits it to an input, once, and checks everything there is to check.
public struct Window: Hashable, Sendable {
  /// Taps per spatial axis, outermost first.
  public let kernel: [Int]
  /// Steps between neighbouring outputs, per axis.
  public let stride: [Int]
  /// Steps between neighbouring taps, per axis.
  public let dilation: [Int]
  /// What happens at the borders.
  public let padding: Padding

  /// The largest kernel extent, stride, dilation or margin that is accepted.
  public static let largestParameter = 1 << 20

  /// The largest number of spatial axes.
  public static let mostAxes = 3

  /// Creates a window.
  ///
  /// - Parameters:
  ///   - kernel: Taps per spatial axis, outermost first.
  ///   - stride: Steps between outputs per axis; 1 everywhere when `nil`.
  ///   - dilation: Steps between taps per axis; 1 everywhere when `nil`.
  ///   - padding: What happens at the borders.
  public init(
    kernel: [Int], stride: [Int]? = nil, dilation: [Int]? = nil, padding: Padding = .valid
  ) {
    self.kernel = kernel
    self.stride = stride ?? kernel.map { _ in 1 }
    self.dilation = dilation ?? kernel.map { _ in 1 }
    self.padding = padding
  }

  /// The number of spatial axes.
  public var spatialRank: Int { kernel.count }

  /// Fits the window to an input.
  ///
  /// - Parameter extents: The spatial extents of the input, outermost first.
  /// - Returns: The window with its padding and output extents as numbers.
  /// - Throws: `GeometryError` when the ranks differ, a parameter is not positive or absurdly large, or the window does not fit
  ///   into the padded input.
  public func resolved(over extents: [Int]) throws(GeometryError) -> ResolvedWindow {
    try validate(over: extents)
    var margins: [Padding.Margin] = []
    var output: [Int] = []
    for axis in extents.indices {
      let extent = extents[axis]
      let reach = (kernel[axis] - 1) * dilation[axis] + 1
      let margin = self.margin(axis: axis, extent: extent, reach: reach)
      let padded = extent + margin.low + margin.high
      guard padded >= reach else {
        throw .windowTooLarge(axis: axis, window: reach, input: padded)
      }
      margins.append(margin)
      output.append((padded - reach) / stride[axis] + 1)
    }
    return ResolvedWindow(window: self, input: extents, margins: margins, output: output)
  }

  private func validate(over extents: [Int]) throws(GeometryError) {
    guard extents.count <= Self.mostAxes else {
      throw .parameterOutOfRange(
        name: "number of spatial axes", value: extents.count, least: 0, most: Self.mostAxes)
    }
    var ranks = [kernel.count, stride.count, dilation.count]
    if case .explicit(let margins) = padding { ranks.append(margins.count) }
    guard let wrong = ranks.first(where: { $0 != extents.count }) else {
      for (name, values, least) in [("kernel", kernel, 1), ("stride", stride, 1), ("dilation", dilation, 1)] {
        for value in values where value < least || value > Self.largestParameter {
          throw .parameterOutOfRange(name: name, value: value, least: least, most: Self.largestParameter)
        }
      }
      for value in extents where value < 0 || value > Int(Int32.max) {
        throw .parameterOutOfRange(name: "input extent", value: value, least: 0, most: Int(Int32.max))
      }
      guard case .explicit(let margins) = padding else { return }
      for value in margins.flatMap({ [$0.low, $0.high] }) where value < 0 || value > Self.largestParameter {
        throw .parameterOutOfRange(name: "padding", value: value, least: 0, most: Self.largestParameter)
      }
      return
    }
    throw .rankMismatch(window: wrong, input: extents.count)
  }

  private func margin(axis: Int, extent: Int, reach: Int) -> Padding.Margin {
    switch padding {
    case .valid:
      return .init(low: 0, high: 0)
    case .same:
      let outputs = (extent + stride[axis] - 1) / stride[axis]
      let total = max((outputs - 1) * stride[axis] + reach - extent, 0)
      return .init(low: total / 2, high: total - total / 2)
    case .causal:
      return .init(low: reach - 1, high: 0)
    case .explicit(let margins):
      return margins[axis]
    }
  }
}
