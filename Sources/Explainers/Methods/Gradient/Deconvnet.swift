import Networks
import TensorCore

/// The score handed back through the network with every ReLU applied to what flows back, instead of its derivative.
///
///     through a ReLU: g_in = relu(g_out)
///
/// Maxima lead back to where they were found. A ReLU with a largest value is treated as one without. Leaky rectifiers and smooth
/// activations keep their derivative; where a model has no ReLU the map is the gradient, and a note says so.
///
/// - Note: One forward and one backward pass, node by node. Zeiler and Fergus, ECCV 2014, start from a unit's activation; here, as in all
///   implementations at hand, one starts from the score. Checked against Captum in float64.
public struct Deconvnet: MethodCatalog.Entry {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "deconvnet", name: "DeconvNet", family: .gradient, preset: .signed,
    summary: "What the network would draw when it is run backwards from the class.",
    needs: "a model with ReLUs", cost: "1 forward and 1 backward pass", citation: .zeiler2014)

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
    try RectifierPolicy.deconvolutional.explain(input, of: model, for: target, by: Self.info)
  }
}

extension Explainer where Self == Deconvnet {
  /// The score handed back through the network with every ReLU applied to what flows back.
  public static var deconvnet: Self { .init() }
}
