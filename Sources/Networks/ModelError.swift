import Boundary
import TensorCore

/// Why a model cannot be built or run.
public enum ModelError: Failure, Equatable {
  /// A layer cannot take what the layers before it give.
  case layerDoesNotFit(layer: String, input: String, reason: GeometryError)
  /// The values of a layer would not fit into memory.
  case layerTooLarge(layer: String, shape: Shape, most: Int)
  /// Two layers have the same name.
  case duplicateLayer(name: String)
  /// A model without input or without layers.
  case empty
  /// No layer of that name.
  case unknownLayer(name: String, available: [String])
  /// No output of that name.
  case unknownOutput(name: String, available: [String])
  /// A layer of a kind whose trained numbers cannot be drawn anew.
  case parametersNotReplaceable(layer: String)
  /// A layer that was to be trained, but is not of a kind that can be.
  case notTrainable(layer: String, layerClass: String)
  /// Another number of inputs than the model has.
  case wrongInputCount(expected: Int, found: Int)
  /// An input of another shape than the model takes.
  case inputDoesNotFit(expected: Shape, found: Shape)
  /// A class that the model does not have.
  case noSuchClass(index: Int, classes: Int)
  /// Probabilities were asked of a model that gives none.
  case noProbabilities(lastLayer: String)
  /// The score of an item is infinite or not a number.
  case scoreNotFinite(item: Int)

  /// The class of the failure.
  public var failureClass: FailureClass {
    switch self {
    case .unknownLayer, .unknownOutput, .noSuchClass, .noProbabilities, .parametersNotReplaceable,
      .notTrainable:
      .usage
    default: .badData
    }
  }

  /// One sentence for the user.
  public var description: String {
    switch self {
    case .layerDoesNotFit(let layer, let input, let reason):
      "layer '\(layer)' cannot take \(input) as its input: \(reason)"
    case .layerTooLarge(let layer, let shape, let most):
      "layer '\(layer)' would have \(shape.item) values per item, more than the \(most) that are accepted"
    case .duplicateLayer(let name):
      "two layers have the name '\(name)'; every layer needs a name of its own"
    case .empty:
      "the model has no input or no layer behind it"
    case .unknownLayer(let name, let available):
      "the model has no layer '\(name)'; its layers are \(available.joined(separator: ", "))"
    case .unknownOutput(let name, let available):
      "the model has no output '\(name)'; its outputs are \(available.joined(separator: ", "))"
    case .parametersNotReplaceable(let layer):
      "the trained numbers of layer '\(layer)' cannot be drawn anew; leave out what needs models with random weights"
    case .notTrainable(let layer, let layerClass):
      "layer '\(layer)'\(layerClass.isEmpty ? "" : " (\(layerClass))") cannot be trained: "
        + "it has no trained numbers or gives no gradients of them; leave it frozen"
    case .wrongInputCount(let expected, let found):
      "the model takes \(expected) inputs, but \(found) were given"
    case .inputDoesNotFit(let expected, let found):
      "the model takes items of \(expected.item), but the input has items of \(found.item); "
        + "give data of that shape or another model"
    case .noSuchClass(let index, let classes):
      "the model has no class \(index); its \(classes) classes are 0 to \(classes - 1)"
    case .noProbabilities(let lastLayer):
      "the model has no probabilities, because its last layer '\(lastLayer)' is neither softmax nor sigmoid; "
        + "ask for the score 'logit'"
    case .scoreNotFinite(let item):
      "the model's answer to item \(item) is not a finite number; check the scale of the input"
    }
  }
}
