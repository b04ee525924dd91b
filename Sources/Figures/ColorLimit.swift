/// The magnitude at which the colours of a map end.
public enum ColorLimit: Sendable, Equatable {
  /// The largest magnitude. Maps over images and channel grids that are dominated by a few outliers end at the 99.5th
  /// percentile of the magnitude instead; the colour bar then has pointed ends and the figure says so.
  case automatic
  /// The largest magnitude.
  case largest
  /// A percentile of the magnitude, above 0 and at most 100.
  case percentile(Double)
}
