extension Citation {
  /// CAM.
  package static let zhou2016 = Citation(
    authors: "Zhou, Khosla, Lapedriza, Oliva, Torralba",
    title: "Learning Deep Features for Discriminative Localization", venue: "CVPR", year: 2016)
  /// Grad-CAM++.
  package static let chattopadhay2018 = Citation(
    authors: "Chattopadhay, Sarkar, Howlader, Balasubramanian",
    title: "Grad-CAM++: Generalized Gradient-Based Visual Explanations for Deep Convolutional Networks",
    venue: "WACV", year: 2018)
  /// Layer-CAM.
  static let jiang2021 = Citation(
    authors: "Jiang, Zhang, Hou, Cheng, Wei",
    title: "LayerCAM: Exploring Hierarchical Class Activation Maps for Localization",
    venue: "IEEE Transactions on Image Processing", year: 2021)
  /// XGrad-CAM.
  static let fu2020 = Citation(
    authors: "Fu, Hu, Dong, Guo, Gao, Li",
    title: "Axiom-based Grad-CAM: Towards Accurate Visualization and Explanation of CNNs",
    venue: "BMVC", year: 2020)
  /// HiResCAM.
  static let draelos2020 = Citation(
    authors: "Draelos, Carin",
    title:
      "Use HiResCAM instead of Grad-CAM for Faithful Explanations of Convolutional Neural Networks",
    venue: "arXiv:2011.08891", year: 2020)
  /// Eigen-CAM.
  static let muhammad2020 = Citation(
    authors: "Muhammad, Yeasin",
    title: "Eigen-CAM: Class Activation Map using Principal Components", venue: "IJCNN", year: 2020)
  /// Ablation-CAM.
  static let desai2020 = Citation(
    authors: "Desai, Ramaswamy",
    title:
      "Ablation-CAM: Visual Explanations for Deep Convolutional Network via Gradient-free Localization",
    venue: "WACV", year: 2020)
  /// Score-CAM.
  package static let wang2020 = Citation(
    authors: "Wang, Wang, Du, Yang, Zhang, Ding, Mardziel, Hu",
    title: "Score-CAM: Score-Weighted Visual Explanations for Convolutional Neural Networks",
    venue: "CVPR Workshops", year: 2020)
  /// Integrated Grad-CAM.
  static let integratedGradCAM2021 = Citation(
    authors: "Sattarzadeh, Sudhakar, Plataniotis, Jang, Jeong, Kim",
    title:
      "Integrated Grad-CAM: Sensitivity-Aware Visual Explanation of Deep Convolutional Networks via Integrated Gradient-Based Scoring",
    venue: "ICASSP", year: 2021)
}
