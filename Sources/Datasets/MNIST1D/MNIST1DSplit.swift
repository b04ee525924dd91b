extension MNIST1D {
  /// One part of the data set.
  public struct Split: Sendable, Hashable {
    /// The sequences, `[count, length]`, float64.
    public let x: NumericArray
    /// The digit of each sequence, `[count]`, int64.
    public let y: NumericArray
    /// Where the template lies, `[count, length]`, uint8: 1 at the positions whose value depends on the
    /// template.
    ///
    /// The noise around the template, the noise upon it and the tilt do not count: until the data set as a
    /// whole is standardised, the values outside the mask would be the same had another digit been drawn.
    /// Shuffled positions take their marks along.
    public let mask: NumericArray
    /// The first position of the template and one past its last, `[count, 2]`, int64; nothing when positions
    /// are shuffled.
    ///
    /// It covers the same positions as `mask`. A template that runs over the right end continues at the left
    /// one: then the second number is at most the first. With the options of the published data set none
    /// does.
    public let extent: NumericArray?

    init(_ made: ArraySlice<Sequence>, _ options: Options) {
      x = NumericArray([made.count, options.length], made.flatMap(\.values))
      y = NumericArray([made.count], made.map { Int64($0.label) })
      mask = NumericArray([made.count, options.length], made.flatMap(\.mask))
      let extents = made.map { MNIST1D.extent(of: $0.mask) }
      extent =
        options.shufflesPositions
        ? nil : NumericArray([made.count, 2], extents.flatMap { [Int64($0.first), Int64($0.end)] })
    }
  }
}
