import Explainers

extension Citation {
  /// Model parameter randomisation.
  static let adebayo2018 = Citation(
    authors: "Adebayo, Gilmer, Muelly, Goodfellow, Hardt, Kim",
    title: "Sanity Checks for Saliency Maps", venue: "NeurIPS", year: 2018)
  /// Smooth and efficient model parameter randomisation.
  static let hedstrom2023 = Citation(
    authors: "Hedström, Weber, Lapuschkin, Höhne",
    title: "Sanity Checks Revisited: An Exploration to Repair the Model Parameter Randomisation Test",
    venue: "XAI in Action Workshop, NeurIPS", year: 2023)
  /// Random logit.
  static let sixt2020 = Citation(
    authors: "Sixt, Granz, Landgraf",
    title: "When Explanations Lie: Why Many Modified BP Attributions Fail", venue: "ICML", year: 2020)
}
