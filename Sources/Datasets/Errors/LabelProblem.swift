/// Why an array cannot serve as labels.
public enum LabelProblem: Sendable, Hashable {
  /// It has another number of labels than there are items.
  case count(items: Int, shape: [Int])
  /// Its elements are no whole numbers.
  case notWhole(ElementKind)
}
