import TensorCore

extension MaskedModel {
  /// The scores when some segments are shown and the others hidden.
  ///
  /// - Parameters:
  ///   - coalitions: For every segment 1 when it is shown, else 0.
  ///   - segments: The segments.
  /// - Returns: One score for every coalition.
  /// - Throws: `ExplanationError.model` when a score is not a finite number.
  func scores(of coalitions: [[Double]], _ segments: Segments) throws(ExplanationError) -> [Double] {
    try scores(coalitions.count) { index, mask in
      let coalition = coalitions[index]
      for (position, label) in segments.labels.enumerated() {
        mask.initializeElement(at: position, to: Float(coalition[label]))
      }
    }
  }
}
