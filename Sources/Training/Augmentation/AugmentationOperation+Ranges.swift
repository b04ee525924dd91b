extension AugmentationOperation {
  /// Checks a number against its range.
  ///
  /// - Throws: `AugmentationError.setting` when it is outside or not finite.
  static func require(
    _ name: String, _ value: Double, in range: ClosedRange<Double>
  ) throws(AugmentationError) {
    guard range.contains(value) else {
      throw .setting(
        operation: id, name: name,
        expected: "from \(range.lowerBound.plain) to \(range.upperBound.plain)", found: value.plain)
    }
  }

  /// Checks both ends of a range.
  ///
  /// - Throws: `AugmentationError.setting` when one is outside or not finite.
  static func require(
    _ name: String, _ value: ClosedRange<Double>, in range: ClosedRange<Double>
  ) throws(AugmentationError) {
    try require(name, value.lowerBound, in: range)
    try require(name, value.upperBound, in: range)
  }
}

extension ClosedRange<Double> {
  /// The lower and the upper end.
  var ends: [Double] { [lowerBound, upperBound] }
}

extension Double {
  /// The shortest decimals that read back as the same number, whole numbers without a point.
  var plain: String { self == rounded() && abs(self) < 1e15 ? String(Int(self)) : "\(self)" }
}
