import Boundary
import Networks
import TensorCore

/// Why a decision cannot be explained.
public enum ExplanationError: Failure, Equatable {
  /// The model cannot be run as asked.
  case model(ModelError)
  /// Methods explain one item at a time.
  case notOneItem(found: Shape)
  /// The input holds an infinity or something that is not a number.
  case inputNotFinite(index: Int)
  /// The map came out infinite or not a number.
  case mapNotFinite(method: String)
  /// No method of that name.
  case unknownMethod(id: String, known: [String])
  /// A method has no such parameter.
  case unknownParameter(method: String, name: String, known: [String])
  /// A parameter's value is not one that the method takes.
  case badParameter(method: String, name: String, value: String, expected: String)
  /// A layer without feature maps over the positions of the input.
  case layerWithoutPositions(method: String, layer: String, shape: Shape)
  /// A model without a layer that has feature maps.
  case noFeatureMaps(method: String)
  /// A model whose feature maps do not reach the score through a global average pooling and dense layers alone.
  case noGlobalAverage(method: String, layer: String)
  /// The path cannot be walked piece by piece.
  case noExactPath(reason: String)
  /// Two parameters that exclude each other.
  case parametersExclude(method: String, first: String, second: String)
  /// A layer through which a method cannot go back.
  case layerWithoutRule(method: String, layer: String, layerClass: String)
  /// A rule that was asked for and that a layer cannot have.
  case ruleDoesNotFit(method: String, rule: String, layer: String, layerClass: String)
  /// A baseline of another shape than the input.
  case baselineShape(expected: Shape, found: Shape)

  /// The class of the failure.
  public var failureClass: FailureClass {
    switch self {
    case .model(let error): error.failureClass
    case .notOneItem, .inputNotFinite, .mapNotFinite, .baselineShape: .badData
    default: .usage
    }
  }

  /// One sentence for the user.
  public var description: String {
    switch self {
    case .model(let error):
      error.description
    case .notOneItem(let found):
      "one item is explained at a time, but the input has shape \(found)"
    case .inputNotFinite(let index):
      "element \(index) of the input is not a finite number; remove or fill such values before explaining"
    case .mapNotFinite(let method):
      "the map of '\(method)' is not finite, because the model's gradient overflows at this input; check the scale of the input"
    case .unknownMethod(let id, let known):
      "there is no method '\(id)'; the methods are \(known.joined(separator: ", "))"
    case .unknownParameter(let method, let name, let known):
      "the method '\(method)' has no parameter '\(name)'; "
        + (known.isEmpty ? "it has none" : "its parameters are \(known.joined(separator: ", "))")
    case .badParameter(let method, let name, let value, let expected):
      "'\(value)' is not a value for \(method).\(name), which should be \(expected)"
    case .layerWithoutPositions(let method, let layer, let shape):
      "'\(method)' needs a layer with feature maps over the positions of the input, but the output of layer '\(layer)' "
        + "has shape \(shape.item); name a convolution or pooling layer"
    case .noFeatureMaps(let method):
      "the model has no convolution that '\(method)' could attach to; use 'gradient' or 'integrated-gradients'"
    case .noGlobalAverage(let method, let layer):
      "'\(method)' needs feature maps that reach the score through a global average pooling and dense layers alone, but layer "
        + "'\(layer)' lies between; use 'grad-cam', which gives the same map up to a factor where both exist"
    case .noExactPath(let reason):
      "there is no exact integral along this path, because \(reason); use 'tolerance' or 'steps' instead of the rule 'exact'"
    case .parametersExclude(let method, let first, let second):
      "\(method).\(first) and \(method).\(second) cannot be given together; leave one of them out"
    case .layerWithoutRule(let method, let layer, let layerClass):
      "'\(method)' has no rule for the layer '\(layer)'\(Self.kind(layerClass)); explain this model with 'integrated-gradients' or 'gradient'"
    case .ruleDoesNotFit(let method, let rule, let layer, let layerClass):
      "the rule '\(rule)' of '\(method)' does not exist for the layer '\(layer)'\(Self.kind(layerClass)); "
        + "give this layer 'epsilon', 'zero' or 'norm'"
    case .baselineShape(let expected, let found):
      "the baseline should have the shape of an item, \(expected.item), but has shape \(found.item)"
    }
  }

  /// What the file calls a kind of layer, in brackets, where the model comes from a file.
  private static func kind(_ layerClass: String) -> String { layerClass.isEmpty ? "" : " (\(layerClass))" }
}
