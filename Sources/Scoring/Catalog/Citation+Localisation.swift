import Explainers

extension Citation {
  /// The pointing game.
  static let zhang2016 = Citation(
    authors: "Zhang, Lin, Brandt, Shen, Sclaroff",
    title: "Top-down Neural Attention by Excitation Backprop", venue: "ECCV", year: 2016)
  /// Top-k intersection.
  static let theiner2022 = Citation(
    authors: "Theiner, Müller-Budack, Ewerth", title: "Interpretable Semantic Photo Geolocation",
    venue: "WACV", year: 2022)
  /// Relevance mass and rank accuracy.
  static let arras2022 = Citation(
    authors: "Arras, Osman, Samek",
    title: "CLEVR-XAI: A Benchmark Dataset for the Ground Truth Evaluation of Neural Network Explanations",
    venue: "Information Fusion", year: 2022)
  /// Attribution localisation.
  static let kohlbrenner2020 = Citation(
    authors: "Kohlbrenner, Bauer, Nakajima, Binder, Samek, Lapuschkin",
    title: "Towards Best Practice in Explaining Neural Network Decisions with LRP", venue: "IJCNN", year: 2020
  )
  /// The receiver operating characteristic.
  static let fawcett2006 = Citation(
    authors: "Fawcett", title: "An Introduction to ROC Analysis", venue: "Pattern Recognition Letters",
    year: 2006)
}
