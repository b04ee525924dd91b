extension Citation {
  /// Consensus by aggregation.
  static let rieger2020 = Citation(
    authors: "Rieger, Hansen",
    title: "Aggregating Explanation Methods for Stable and Robust Explainability",
    venue: "arXiv:1903.00519", year: 2020)
}
