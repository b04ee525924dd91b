/// Inverted dropout: some elements become zero, the others grow so that the mean stays.
///
///     y[i] = x[i] / (1 - rate) where unit(i) is kept, else 0
///
/// A unit is an element, or a channel of an item with all its positions. Unit `u` is dropped when the upper (for odd `u`: lower) 32 bits of
/// number `u / 2` of the `SplitMix64` sequence of the seed are below `rate * 2^32`. So nothing depends on the number of threads, and
/// the way back draws again what the way forward drew.
///
/// Source: N. Srivastava et al., *Dropout: A Simple Way to Prevent Neural Networks from Overfitting*, JMLR 15 (2014); channels as in
/// J. Tompson et al., *Efficient Object Localization Using Convolutional Networks*, CVPR 2015.
public struct Dropout: Sendable {
  /// What is dropped as a whole.
  public enum Unit: String, Sendable, CaseIterable {
    /// Every element by itself.
    case element
    /// A channel of an item, at all positions.
    case channel
  }

  /// What is dropped as a whole.
  public let unit: Unit
  private let random: SplitMix64
  private let bound: UInt64
  private let factor: Float

  /// Creates a dropout.
  ///
  /// - Parameters:
  ///   - rate: The share that is dropped, from 0 to below 1.
  ///   - unit: What is dropped as a whole.
  ///   - seed: The seed of the draws.
  public init(rate: Double, of unit: Unit, seed: UInt64) {
    precondition(rate >= 0 && rate < 1, "a rate of dropout is at least 0 and below 1, not \(rate)")
    self.unit = unit
    random = SplitMix64(seed: seed)
    bound = UInt64(rate * 0x1p32)
    factor = Float(1 / (1 - rate))
  }

  /// The tensor with what is dropped at zero; the transposed map is the same.
  ///
  /// - Parameters:
  ///   - tensor: `[batch, spatial..., channels]`.
  ///   - items: The number of items of the batch before those of the tensor.
  /// - Returns: A tensor of the same shape.
  public func callAsFunction(_ tensor: Tensor, behind items: Int = 0) -> Tensor {
    switch unit {
    case .element:
      let before = items * tensor.shape.itemCount
      return Tensor(tensor.shape) { target in
        Tensor.divided(target) { result, range in
          withExtendedLifetime(tensor) { scale(tensor.start, into: result, range, behind: before) }
        }
      }
    case .channel:
      let (batch, channels) = (tensor.shape.batch, tensor.shape.channels)
      let factors = Tensor([batch, channels], repeating: 1)
      let ones = [Int](repeating: 1, count: tensor.shape.spatial.count)
      let drawn = Dropout(self, of: .element)(factors, behind: items)
      let mask = drawn.reshaped(to: Shape(batch: batch, spatial: ones, channels: channels))
      return tensor * mask.expanded(to: tensor.shape)
    }
  }

  private init(_ other: Dropout, of unit: Unit) {
    self.unit = unit
    random = other.random
    bound = other.bound
    factor = other.factor
  }

  /// Scales elements of a range, `before` others of the batch lying before the first of all.
  private func scale(
    _ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>, _ range: Range<Int>,
    behind before: Int
  ) {
    var index = range.lowerBound
    if index < range.upperBound, (before + index) % 2 == 1 {
      write(source[index], drawn: random[(before + index) / 2] & 0xffff_ffff, to: target + index)
      index += 1
    }
    let (first, pairs) = ((before + index) / 2, (range.upperBound - index) / 2)
    let (from, to) = (source + index, target + index)
    for pair in 0..<pairs {
      let bits = random[first &+ pair]
      write(from[2 &* pair], drawn: bits >> 32, to: to + 2 &* pair)
      write(from[2 &* pair &+ 1], drawn: bits & 0xffff_ffff, to: to + (2 &* pair &+ 1))
    }
    index += 2 * pairs
    guard index < range.upperBound else { return }
    write(source[index], drawn: random[(before + index) / 2] >> 32, to: target + index)
  }

  /// Writes an element for which 32 bits were drawn, without a branch: it would often be mispredicted.
  @inline(__always)
  private func write(_ value: Float, drawn bits: UInt64, to target: UnsafeMutablePointer<Float>) {
    // All bits are set where the difference is negative.
    let dropped = UInt32(truncatingIfNeeded: Int64(bitPattern: bits &- bound) >> 63)
    target.initialize(to: Float(bitPattern: (value * factor).bitPattern & ~dropped))
  }
}
