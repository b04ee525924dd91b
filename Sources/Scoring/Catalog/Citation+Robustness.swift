import Explainers

extension Citation {
  /// Local Lipschitz estimate.
  static let alvarezMelisRobustness2018 = Citation(
    authors: "Alvarez-Melis, Jaakkola", title: "On the Robustness of Interpretability Methods",
    venue: "ICML Workshop on Human Interpretability in Machine Learning", year: 2018)
  /// Maximum sensitivity.
  static let yeh2019 = Citation(
    authors: "Yeh, Hsieh, Suggala, Inouye, Ravikumar",
    title: "On the (In)fidelity and Sensitivity of Explanations", venue: "NeurIPS", year: 2019)
  /// Average sensitivity and complexity.
  static let bhatt2020 = Citation(
    authors: "Bhatt, Weller, Moura", title: "Evaluating and Aggregating Feature-based Model Explanations",
    venue: "IJCAI", year: 2020)
  /// Continuity.
  static let montavon2018 = Citation(
    authors: "Montavon, Samek, Müller",
    title: "Methods for Interpreting and Understanding Deep Neural Networks",
    venue: "Digital Signal Processing 73", year: 2018)
}
