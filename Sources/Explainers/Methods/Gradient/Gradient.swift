import Networks
import TensorCore

/// The gradient of the score with respect to the input, signed.
///
///     map = d score / d input
///
/// - Note: One forward and one backward pass. Simonyan, Vedaldi and Zisserman, ICLR Workshop 2014, show its absolute value; here the sign is
///   kept, and `--channels max-abs` gives theirs.
public struct Gradient: MethodCatalog.Entry {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "gradient", name: "Gradient", family: .gradient, preset: .signed,
    summary: "How the score changes when a value of the input changes a little.",
    needs: "any model", cost: "1 forward and 1 backward pass", citation: .simonyan2014)

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
    return Attribution(pass.gradient, explaining: input, pass: pass, in: target.space, by: Self.info)
  }
}

extension Explainer where Self == Gradient {
  /// The gradient of the score with respect to the input.
  public static var gradient: Self { .init() }
}
