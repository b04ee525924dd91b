/// The file formats that figures are written in; all of them come from the same drawing.
public enum FigureFormat: String, Sendable, CaseIterable {
  /// Pixels, two per unit of length, about 1600 across.
  case png
  /// Scalable vector graphics: text as outlines, with the words in its `title` and `desc`.
  case svg
  /// One page of vector graphics with real text.
  case pdf
}
