extension MNIST1D {
  /// The positions that a mask covers, as `first` and one past the last.
  ///
  /// A template that leaves the sequence on the right and comes back on the left covers its last and its
  /// first positions: then `end <= first`, and the covered positions are those from `first` on and those
  /// before `end`. A mask that covers nothing gives `(0, 0)`, one that covers everything `(0, count)`. The
  /// covered positions are one run, possibly continued at the front.
  static func extent(of mask: [UInt8]) -> (first: Int, end: Int) {
    guard let first = mask.firstIndex(where: { $0 != 0 }), let last = mask.lastIndex(where: { $0 != 0 })
    else { return (0, 0) }
    guard first == 0, last == mask.count - 1, let gap = mask.firstIndex(of: 0),
      let gapEnd = mask.lastIndex(of: 0)
    else { return (first, last + 1) }
    return (gapEnd + 1, gap)
  }
}
