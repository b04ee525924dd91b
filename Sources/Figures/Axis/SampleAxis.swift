extension Axis {
  /// The axis of the samples of a signal: by index, or in time when the sampling rate is known.
  ///
  /// Every sample has a cell of its own, so that the axis reaches half a sample beyond the first and the last.
  ///
  /// - Parameters:
  ///   - count: The number of samples.
  ///   - samplingRate: Samples per second, in Hz.
  /// - Returns: The axis.
  package static func samples(_ count: Int, samplingRate: Double?) -> Axis {
    let range = -0.5...(Double(count) - 0.5)
    guard let samplingRate else { return Axis(range, label: "sample", wholeNumbers: true) }
    let duration = Double(count) / samplingRate
    let unit =
      switch duration {
      case ..<2e-4: (perSecond: 1e6, name: "µs")
      case ..<0.2: (perSecond: 1e3, name: "ms")
      default: (perSecond: 1.0, name: "s")
      }
    let factor = unit.perSecond / samplingRate
    return Axis((range.lowerBound * factor)...(range.upperBound * factor), label: "time (\(unit.name))")
  }

  /// The axis of a set of values with some room at both ends.
  ///
  /// - Parameters:
  ///   - values: The values.
  ///   - label: What they are.
  ///   - includesZero: Whether zero belongs on the axis; it is then an end of the axis where no value lies beyond it.
  ///   - lane: A share of the height to leave free at the bottom.
  ///   - hasNameLabel: Whether the label is a name, which is written level where it is short.
  /// - Returns: The axis.
  package static func values(
    _ values: [Float], label: String, includesZero: Bool = false, lane: Double = 0, hasNameLabel: Bool = false
  ) -> Axis {
    var (low, high) = (Double(values.min() ?? 0), Double(values.max() ?? 0))
    if includesZero { (low, high) = (min(low, 0), max(high, 0)) }
    // A constant has no range of its own: show it in the middle of one.
    let room = high > low ? (high - low) * 0.08 : max(abs(high) * 0.5, 0.5)
    let standsOnZero = includesZero && high > low
    let bottom = standsOnZero && low == 0 ? low : low - room
    let top = standsOnZero && high == 0 ? high : high + room
    return Axis((bottom - (top - bottom) * lane / (1 - lane))...top, label: label, hasNameLabel: hasNameLabel)
  }
}
