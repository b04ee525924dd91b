/// How a sliding window treats the borders of its input.
public enum Padding: Hashable, Sendable {
  /// No padding: the window stays inside the input.
  case valid
  /// As many zeros as give `ceil(input / stride)` outputs, the odd one on the high side.
  case same
  /// On the low side only, so that no output looks ahead: `dilation * (kernel - 1)` cells.
  case causal
  /// Given numbers of cells on the low and the high side of every axis.
  case explicit([Margin])

  /// The cells added on both sides of one axis.
  public struct Margin: Hashable, Sendable {
    /// Cells before the first.
    public var low: Int
    /// Cells after the last.
    public var high: Int

    /// Creates a margin.
    public init(low: Int, high: Int) {
      self.low = low
      self.high = high
    }
  }
}
