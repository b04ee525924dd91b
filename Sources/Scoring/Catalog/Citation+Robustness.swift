import Explainers

extension Citation {
  /// Local Lipschitz estimate.
  static let alvarezMelisRobustness2018 = Citation(
    authors: "Alvarez-Melis, Jaakkola", title: "On the Robustness of Interpretability Methods",
    venue: "ICML Workshop on Human Interpretability in Machine Learning", year: 2018)
  /// Continuity.
  static let montavon2018 = Citation(
    authors: "Montavon, Samek, Müller",
    title: "Methods for Interpreting and Understanding Deep Neural Networks",
    venue: "Digital Signal Processing 73", year: 2018)
}
