import Explainers

extension Citation {
  /// Sparseness.
  static let chalasani2020 = Citation(
    authors: "Chalasani, Chen, Chowdhury, Wu, Jha",
    title: "Concise Explanations of Neural Networks using Adversarial Training", venue: "ICML", year: 2020)
}
