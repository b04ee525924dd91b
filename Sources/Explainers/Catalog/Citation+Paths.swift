extension Citation {
  /// Expected gradients.
  static let erion2021 = Citation(
    authors: "Erion, Janizek, Sturmfels, Lundberg, Lee",
    title:
      "Improving Performance of Deep Learning Models with Axiomatic Attribution Priors and Expected Gradients",
    venue: "Nature Machine Intelligence 3", year: 2021)
  /// Blur integrated gradients.
  static let xu2020 = Citation(
    authors: "Xu, Venugopalan, Sundararajan", title: "Attribution in Scale and Space", venue: "CVPR",
    year: 2020)
  /// Guided integrated gradients.
  static let kapishnikov2021 = Citation(
    authors: "Kapishnikov, Venugopalan, Avci, Wedin, Terry, Bolukbasi",
    title: "Guided Integrated Gradients: An Adaptive Path Method for Removing Noise", venue: "CVPR",
    year: 2021)
}
