import Explainers

extension Citation {
  /// Sparseness.
  static let chalasani2020 = Citation(
    authors: "Chalasani, Chen, Chowdhury, Wu, Jha",
    title: "Concise Explanations of Neural Networks using Adversarial Training", venue: "ICML", year: 2020)
  /// Effective complexity.
  static let nguyen2020 = Citation(
    authors: "Nguyen, Martínez", title: "On Quantitative Aspects of Model Interpretability",
    venue: "arXiv:2007.07584", year: 2020)
}
