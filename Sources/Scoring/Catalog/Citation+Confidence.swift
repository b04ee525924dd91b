import Explainers

extension Citation {
  /// Average gain.
  static let zhang2024 = Citation(
    authors: "Zhang, Torres, Sicre, Avrithis, Ayache",
    title: "Opti-CAM: Optimizing Saliency Maps for Interpretability",
    venue: "Computer Vision and Image Understanding", year: 2024)
}
