extension Citation {
  /// Layer-wise relevance propagation.
  package static let bach2015 = Citation(
    authors: "Bach, Binder, Montavon, Klauschen, Müller, Samek",
    title:
      "On Pixel-Wise Explanations for Non-Linear Classifier Decisions by Layer-Wise Relevance Propagation",
    venue: "PLoS ONE", year: 2015)
  /// DeepLIFT.
  static let shrikumar2017 = Citation(
    authors: "Shrikumar, Greenside, Kundaje",
    title: "Learning Important Features Through Propagating Activation Differences", venue: "ICML", year: 2017
  )
  /// Grad-CAM times layer-wise relevance propagation.
  static let dhore2024 = Citation(
    authors: "Dhore, Bhat, Nerlekar, Chavhan, Umare",
    title:
      "Enhancing Explainable AI: A Hybrid Approach Combining GradCAM and LRP for CNN Interpretability",
    venue: "arXiv:2405.12175", year: 2024)
}
