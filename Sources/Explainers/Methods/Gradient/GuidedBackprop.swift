import Networks
import TensorCore

/// The gradient of the score with respect to the input, without the negative parts of what reaches any ReLU on the way back.
///
///     through a ReLU: g_in = g_out * [x > 0] * [g_out > 0]
///
/// A ReLU with a largest value lets nothing through where it reached that value. Leaky rectifiers and smooth activations keep their
/// derivative; where a model has no ReLU the map is the gradient, and a note says so.
///
/// - Note: One forward and one backward pass, node by node. Springenberg et al., ICLR Workshop 2015. Checked against Captum in
///   float64. Captum and pytorch-grad-cam leave ReLU6 alone. The map depends little on the class and on late layers: see
///   Adebayo et al., *Sanity checks for saliency maps*, NeurIPS 2018.
public struct GuidedBackprop: MethodCatalog.Entry {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "guided-backprop", name: "Guided backpropagation", family: .gradient, preset: .signed,
    summary: "What excites the units that speak for the class, without what inhibits them.",
    needs: "a model with ReLUs", cost: "1 forward and 1 backward pass", citation: .springenberg2015)

  /// Creates the method.
  public init() {}

  /// Creates the method; it has no parameters.
  public init(settings: MethodSettings) {}

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when the target or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    try RectifierPolicy.guided.explain(input, of: model, for: target, by: Self.info)
  }
}

extension Explainer where Self == GuidedBackprop {
  /// The gradient of the score, without the negative parts of what reaches any ReLU on the way back.
  public static var guidedBackprop: Self { .init() }
}
