import Boundary
import TensorCore

/// Why a model cannot be trained.
public enum TrainingError: Failure, Equatable {
  /// A setting has a value that makes no sense.
  case badSetting(name: String, value: String, expected: String)
  /// Another number of labels than items.
  case labelCount(items: Int, labels: Int)
  /// A label that is no class.
  case labelOutOfRange(item: Int, label: Int, classes: Int)
  /// Data without items.
  case noItems
  /// Validation takes all items, or none.
  case unusableSplit(items: Int, validation: Int)
  /// A class that is to be weighted or split has no item.
  case noItemsOfClass(Int, classes: Int)
  /// Another number of class weights than classes.
  case classWeightCount(classes: Int, weights: Int)
  /// The items of the data are not what the model takes.
  case itemsDoNotFit(model: Shape, data: Shape)
  /// The data have other classes than the model.
  case classesDoNotFit(model: Int, data: Int)
  /// The items for validation have another shape than those to train with.
  case validationShape(training: Shape, validation: Shape)
  /// The items for validation have other classes than those to train with.
  case validationClasses(training: Int, validation: Int)
  /// The loss cannot be taken of what the model ends in.
  case lossDoesNotFit(loss: String, layer: String, found: String, advice: String)
  /// A model with several inputs.
  case severalInputs(count: Int)
  /// Every layer with parameters is frozen, or there is none.
  case nothingToTrain
  /// The loss of a step is infinite or not a number.
  case lossNotFinite(epoch: Int, step: Int, loss: Double)
  /// The loss of the validation items is infinite or not a number.
  case validationLossNotFinite(epoch: Int, loss: Double)
  /// The parameters of a layer are infinite or not a number at the end of an epoch.
  case parametersNotFinite(epoch: Int, layer: String)
  /// A model that does not end in a dense layer that could be replaced.
  case noHead(layer: String, found: String)
  /// A checkpoint that is not one, or belongs to another training.
  case checkpoint(file: String, problem: CheckpointProblem)

  /// The class of the failure.
  public var failureClass: FailureClass {
    switch self {
    case .badSetting, .lossDoesNotFit, .classWeightCount, .nothingToTrain, .noHead: .usage
    default: .badData
    }
  }

  /// One sentence for the user.
  public var description: String {
    switch self {
    case .badSetting(let name, let value, let expected):
      "'\(value)' is not a value for \(name), which should be \(expected)"
    case .labelCount(let items, let labels):
      "\(items) items have \(labels) labels; give one label for every item"
    case .labelOutOfRange(let item, let label, let classes):
      "item \(item) has the label \(label), but the \(classes) classes are 0 to \(classes - 1); "
        + "correct the label or train a model with more outputs"
    case .noItems:
      "there are no items to train with; name data that hold at least one"
    case .unusableSplit(let items, let validation):
      "\(validation) of \(items) items for validation leave no item for one of the two sides; "
        + "choose a share that leaves items on both"
    case .noItemsOfClass(let index, let classes):
      "none of the items is of class \(index), though there are \(classes) classes; "
        + "give items of every class, or ask neither for balanced weights nor for a stratified split"
    case .classWeightCount(let classes, let weights):
      "\(weights) class weights were given for \(classes) classes; give one for every class"
    case .itemsDoNotFit(let model, let data):
      "the model takes items of \(model.item), but the data have items of \(data.item); "
        + "give data of that shape or another model"
    case .classesDoNotFit(let model, let data):
      "the model tells \(model) classes apart, but the data have \(data); give other data or replace the model's head"
    case .validationShape(let training, let validation):
      "the items to train with are of \(training.item), but those for validation are of \(validation.item); "
        + "give items of one shape"
    case .validationClasses(let training, let validation):
      "the items to train with have \(training) classes, but those for validation have \(validation); "
        + "give items of the same classes"
    case .lossDoesNotFit(let loss, let layer, let found, let advice):
      "the loss '\(loss)' cannot be taken of layer '\(layer)', which \(found); \(advice)"
    case .severalInputs(let count):
      "the model has \(count) inputs, but training feeds one; train a model with a single input"
    case .nothingToTrain:
      "no layer is left to train; freeze fewer layers or name a model with parameters"
    case .lossNotFinite(let epoch, let step, let loss):
      "the loss became \(loss) in step \(step) of epoch \(epoch); lower the learning rate or check the scale of the input"
    case .validationLossNotFinite(let epoch, let loss):
      "the loss of the validation items became \(loss) in epoch \(epoch); "
        + "lower the learning rate or check the scale of the input"
    case .parametersNotFinite(let epoch, let layer):
      "the parameters of layer '\(layer)' are not finite numbers after epoch \(epoch); "
        + "lower the learning rate or check the scale of the input"
    case .noHead(let layer, let found):
      "the model's head cannot be replaced, because layer '\(layer)' \(found); name a model that ends in a dense layer"
    case .checkpoint(let file, let problem):
      "'\(file)' \(problem.description)"
    }
  }
}
