import Networks
import TensorCore

/// The gradient of the score times the input, element by element.
///
///     map = input * d score / d input
///
/// For networks of linear layers, ReLU and max-pooling without biases it sums to the score; the completeness gap compares its
/// sum with the difference between the score at the input and at zero.
///
/// - Note: Two forward passes and one backward pass. Shrikumar et al., arXiv:1605.01713, 2016.
public struct GradientTimesInput: MethodCatalog.Entry {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "gradient-times-input", name: "Gradient x input", family: .gradient, preset: .signed,
    summary: "What every value of the input contributes when the network is taken as linear at this input.",
    needs: "any model", cost: "2 forward passes and 1 backward pass", citation: .shrikumar2016)

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
    let pass = try running { () throws(ModelError) in try model.backward(from: target, at: input) }
    let explained = target.fixed(to: pass.targets[0])
    let zero = try running { () throws(ModelError) in try model.score(explained, at: Tensor(input.shape)) }
    let map = pass.gradient * input
    return Attribution(
      map, explaining: input, pass: pass, in: target.space, by: Self.info, baselineScore: zero.scores[0])
  }
}

extension Explainer where Self == GradientTimesInput {
  /// The gradient of the score times the input.
  public static var gradientTimesInput: Self { .init() }
}
