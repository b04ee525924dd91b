import Explainers

extension Citation {
  /// Faithfulness correlation.
  static let bhatt2020 = Citation(
    authors: "Bhatt, Weller, Moura",
    title: "Evaluating and Aggregating Feature-based Model Explanations", venue: "IJCAI", year: 2020)
  /// Faithfulness estimate.
  static let alvarezMelis2018 = Citation(
    authors: "Alvarez-Melis, Jaakkola",
    title: "Towards Robust Interpretability with Self-Explaining Neural Networks", venue: "NeurIPS",
    year: 2018)
  /// Region perturbation.
  static let samek2017 = Citation(
    authors: "Samek, Binder, Montavon, Lapuschkin, Müller",
    title: "Evaluating the Visualization of What a Deep Neural Network Has Learned",
    venue: "IEEE Transactions on Neural Networks and Learning Systems", year: 2017)
  /// Monotonicity.
  static let arya2019 = Citation(
    authors:
      "Arya, Bellamy, Chen, Dhurandhar, Hind, Hoffman, Houde, Liao, Luss, Mojsilović, Mourad, Pedemonte, Raghavendra, Richards, Sattigeri, Shanmugam, Singh, Varshney, Wei, Zhang",
    title: "One Explanation Does Not Fit All: A Toolkit and Taxonomy of AI Explainability Techniques",
    venue: "arXiv:1909.03012", year: 2019)
  /// Monotonicity correlation.
  static let nguyen2020 = Citation(
    authors: "Nguyen, Martínez", title: "On Quantitative Aspects of Model Interpretability",
    venue: "arXiv:2007.07584", year: 2020)
  /// Iterative removal of features.
  static let riegerHansen2020 = Citation(
    authors: "Rieger, Hansen", title: "IROF: A Low Resource Evaluation Metric for Explanation Methods",
    venue: "ICLR Workshop", year: 2020)
  /// Sufficiency.
  static let dasgupta2022 = Citation(
    authors: "Dasgupta, Frost, Moshkovitz",
    title: "Framework for Evaluating Faithfulness of Local Explanations", venue: "ICML", year: 2022)
  /// Infidelity.
  static let yeh2019 = Citation(
    authors: "Yeh, Hsieh, Suggala, Inouye, Ravikumar",
    title: "On the (In)fidelity and Sensitivity of Explanations", venue: "NeurIPS", year: 2019)
  /// Remove and debias.
  static let rong2022 = Citation(
    authors: "Rong, Leemann, Borisov, Kasneci, Kasneci",
    title: "A Consistent and Efficient Evaluation Strategy for Attribution Methods", venue: "ICML",
    year: 2022)
}
