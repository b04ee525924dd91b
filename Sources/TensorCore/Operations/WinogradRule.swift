import CKernels

/// When a convolution is computed by Winograd's transforms.
enum WinogradRule {
  /// The least channels on both sides.
  ///
  /// With fewer the transforms, whose cost grows with one side, outweigh the products, whose number grows with both.
  private static let leastChannels: Int64 = 16
  /// The same with a single transformed axis, over which only half of the products are saved: with fewer the gain is not worth the rounding.
  private static let leastChannelsOfOneAxis: Int64 = 32
  /// Tiles that registers hold together at the least.
  private static let leastTiles: Int64 = 4

  /// Whether Winograd's transforms can compute a convolution and pay.
  ///
  /// They can where stride and dilation are one, the innermost axis has three taps and the one before it three or one. They pay with
  /// enough channels and tiles, when at least half of what the tiles of four positions along an axis cover lies in the destination, or
  /// four fifths with a single transformed axis. Measured with AVX2 as speed against the direct kernel: 16 channels at 224x224
  /// 1.8, 32 at 224x224 2.3, 64 at 56x56 2.8, 512 at 7x7 2.0, 64 at 6x6 1.3, 64 at 3x3 0.7; along one axis 25 channels at 40
  /// positions 1.2, 64 at 400 1.6.
  static func suits(_ channels: ck_channels, over window: ck_window) -> Bool {
    let (outer, middle, inner) = window.axes
    guard channels.groups == 1, isDense(outer), isDense(middle), isDense(inner), inner.kernel == 3,
      middle.kernel == 3 || middle.kernel == 1
    else { return false }
    let isSingle = middle.kernel == 1
    let (rows, columns) = (isSingle ? middle.destination : tiles(middle), tiles(inner))
    let useful =
      Double(middle.destination * inner.destination) / Double(max(rows * columns, 1) * (isSingle ? 4 : 16))
    return min(channels.source, channels.destination) >= (isSingle ? leastChannelsOfOneAxis : leastChannels)
      && outer.destination * rows * columns >= leastTiles && useful >= (isSingle ? 0.8 : 0.5)
  }

  /// The taps of the outermost of three axes and the number of transformed axes, for a kernel that suits.
  static func taps(_ kernel: some Collection<Int>) -> (outer: Int64, axes: Int32) {
    let axes = [1, 1, 1] + kernel
    return (Int64(axes[axes.count - 3]), axes[axes.count - 2] == 3 ? 2 : 1)
  }

  private static func isDense(_ axis: ck_axis) -> Bool {
    axis.stride == 1 && axis.phases == 1 && axis.tap_step == 1 && axis.source_step == 1
  }

  private static func tiles(_ axis: ck_axis) -> Int64 { (axis.destination + 3) / 4 }
}

extension Convolution {
  /// Whether Winograd's transforms compute the cotangent of an input of a shape, so that tests know what they test.
  ///
  /// - Throws: `GeometryError` when the input does not fit.
  package func usesWinograd(for input: Shape) throws(GeometryError) -> Bool {
    let window = isDense ? nil : try fit(input).fromInput
    return packed.kernel(.pullback, over: window, mayTransform: winograd.contains(.pullback)) == .winograd
  }
}
