extension Citation {
  /// Feature ablation, as a library describes it.
  static let kokhlikyan2020 = Citation(
    authors:
      "Kokhlikyan, Miglani, Martin, Wang, Alsallakh, Reynolds, Melnikov, Kliushkina, Araya, Yan, Reblitz-Richardson",
    title: "Captum: A Unified and Generic Model Interpretability Library for PyTorch",
    venue: "arXiv:2009.07896", year: 2020)
  /// RISE.
  package static let petsiuk2018 = Citation(
    authors: "Petsiuk, Das, Saenko",
    title: "RISE: Randomized Input Sampling for Explanation of Black-box Models", venue: "BMVC", year: 2018)
  /// SISE.
  static let sattarzadeh2021 = Citation(
    authors: "Sattarzadeh, Sudhakar, Lem, Mehryar, Plataniotis, Jang, Kim, Jeong, Lee, Bae",
    title:
      "Explaining Convolutional Neural Networks through Attribution-Based Input Sampling and Block-Wise Feature Aggregation",
    venue: "AAAI", year: 2021)
  /// Ada-SISE.
  static let sudhakar2021 = Citation(
    authors: "Sudhakar, Sattarzadeh, Plataniotis, Jang, Jeong, Kim",
    title:
      "Ada-SISE: Adaptive Semantic Input Sampling for Efficient Explanation of Convolutional Neural Networks",
    venue: "ICASSP", year: 2021)
  /// LIME.
  static let ribeiro2016 = Citation(
    authors: "Ribeiro, Singh, Guestrin",
    title: "\"Why Should I Trust You?\": Explaining the Predictions of Any Classifier", venue: "KDD",
    year: 2016)
  /// Kernel SHAP.
  static let lundberg2017 = Citation(
    authors: "Lundberg, Lee", title: "A Unified Approach to Interpreting Model Predictions",
    venue: "NeurIPS", year: 2017)
  /// XRAI.
  static let kapishnikov2019 = Citation(
    authors: "Kapishnikov, Bolukbasi, Viegas, Terry",
    title: "XRAI: Better Attributions Through Regions", venue: "ICCV", year: 2019)
}
