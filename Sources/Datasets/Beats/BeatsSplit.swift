import TensorCore

extension Beats {
  /// Beats with their classes and the place of the wave that makes the class.
  public struct Split: Sendable {
    /// The beats, `[count, length]`, in millivolts.
    public let x: NumericArray
    /// The classes, `[count]`, by `BeatClass.rawValue`.
    public let y: NumericArray
    /// 1 where the beat may differ from a normal one with the same variation, else 0: `[count, length]`.
    ///
    /// Outside of it the two are equal. It is all 0 for a normal beat.
    public let mask: NumericArray
    /// The same place as the first position and one past the last: `[count, 2]`.
    ///
    /// It is (0, 0) for a normal beat: no wave makes it one of its class.
    public let extent: NumericArray

    init(_ made: ArraySlice<Beat>, _ options: Options) {
      x = NumericArray([made.count, options.length], made.flatMap(\.values))
      y = NumericArray([made.count], made.map { Int64($0.kind.rawValue) })
      mask = NumericArray([made.count, options.length], made.flatMap(\.mask))
      let ends = made.map { beat in
        (Int64(beat.mask.firstIndex(of: 1) ?? 0), Int64((beat.mask.lastIndex(of: 1) ?? -1) + 1))
      }
      extent = NumericArray([made.count, 2], ends.flatMap { [$0.0, $0.1] })
    }
  }
}
