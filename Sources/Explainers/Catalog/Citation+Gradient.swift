extension Citation {
  /// DeconvNet and occlusion.
  static let zeiler2014 = Citation(
    authors: "Zeiler, Fergus", title: "Visualizing and Understanding Convolutional Networks",
    venue: "ECCV", year: 2014)
  /// Guided backpropagation.
  static let springenberg2015 = Citation(
    authors: "Springenberg, Dosovitskiy, Brox, Riedmiller",
    title: "Striving for Simplicity: The All Convolutional Net", venue: "ICLR Workshop", year: 2015)
  /// SmoothGrad.
  static let smilkov2017 = Citation(
    authors: "Smilkov, Thorat, Kim, Viegas, Wattenberg",
    title: "SmoothGrad: Removing Noise by Adding Noise", venue: "arXiv:1706.03825", year: 2017)
}
