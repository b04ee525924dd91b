import Boundary
import SignalLens

/// Why a command cannot go on.
enum RunError: Failure {
  /// Something is wrong with one item.
  case item(name: String, any Failure)
  /// The label is to be explained, but the item has none.
  case noLabel(item: String)
  /// The folder for the results cannot be made.
  case outputFolder(path: String, reason: String)
  /// The processor does not have the instructions that the environment asks for.
  case instructionSet(name: String)
  /// A baseline is one item.
  case baselineCount(path: String, found: Int)
  /// No input of the model has the name.
  case unknownInput(name: String, available: [String])
  /// A path without a name, though the model has several inputs.
  case unnamedInput(path: String, available: [String])
  /// An input of the model has no path.
  case missingInput(name: String)
  /// The inputs hold different numbers of items.
  case itemCounts(input: String, found: Int, first: String, expected: Int)
  /// No input of the model has the shape that was given.
  case inputShape(given: String, shapes: [String])
  /// Not as many masks as items.
  case maskCount(path: String, found: Int, expected: Int)
  /// A mask of another name than the item at its place.
  case maskName(path: String, found: String, expected: String)
  /// An evaluation of a model of which several inputs would be explained.
  case evaluationOfSeveralInputs(names: [String])
  /// A baseline of one file, though several inputs are to be explained.
  case baselineForSeveralInputs(path: String, names: [String])
  /// A training would be written over another one.
  case trainingExists(path: String)
  /// There is no training to go on with.
  case nothingToResume(path: String)
  /// The training to go on with followed another recipe.
  case otherRecipe(path: String, keys: [String])
  /// The loss of a training is not finite any more.
  case diverged(TrainingError, epoch: Int, path: String)

  var failureClass: FailureClass {
    switch self {
    case .item(_, let failure): failure.failureClass
    case .itemCounts, .maskCount, .maskName, .diverged: .badData
    case .nothingToResume: .missingFile
    default: .usage
    }
  }

  var description: String {
    switch self {
    case .item(let name, let failure): "item '\(name)': \(failure.description)"
    case .noLabel(let item):
      "item '\(item)' has no label to explain; give --labels-key, --label-column or another --target"
    case .outputFolder(let path, let reason):
      "cannot make the folder '\(path)': \(reason); name an --output that can be written to"
    case .instructionSet(let name):
      "this processor does not have the instruction set '\(name)' that \(InstructionSet.variable) asks for; "
        + "it has \(InstructionSet.available.map(\.name).joined(separator: ", "))"
    case .baselineCount(let path, let found):
      "the baseline '\(path)' holds \(found) items, but should hold one; save the wanted one in a file of its own"
    case .unknownInput(let name, let available):
      "the model has no input '\(name)'; its inputs are \(available.joined(separator: ", "))"
    case .unnamedInput(let path, let available):
      "the model has the inputs \(available.joined(separator: ", ")), so '\(path)' needs the name of one: --input NAME=\(path)"
    case .missingInput(let name):
      "nothing is given for the input '\(name)' of the model; add --input \(name)=PATH"
    case .itemCounts(let input, let found, let first, let expected):
      "the input '\(input)' has \(found) items, but '\(first)' has \(expected); give as many for every input"
    case .inputShape(let given, let shapes):
      "--input-shape \(given) is not the shape of the model's input, which is \(shapes.joined(separator: ", ")) in the file; "
        + "leave the option out"
    case .maskCount(let path, let found, let expected):
      "'\(path)' holds \(found) masks for \(expected) items; give one for every item, in their order"
    case .maskName(let path, let found, let expected):
      "'\(path)' has a mask '\(found)' where the item is '\(expected)'; give masks the names of their items"
    case .evaluationOfSeveralInputs(let names):
      "one input is judged at a time, but the model has \(names.joined(separator: ", ")); choose one with --explain-input"
    case .baselineForSeveralInputs(let path, let names):
      "the baseline '\(path)' is of one input, but \(names.joined(separator: ", ")) are to be explained; "
        + "choose one with --explain-input, or a baseline by its name"
    case .trainingExists(let path):
      "'\(path)' holds a training already; go on with it (--resume), replace it (--force) or name another --output"
    case .nothingToResume(let path):
      "'\(path)' holds no training with a checkpoint to go on from; check --output, or start without --resume"
    case .otherRecipe(let path, let keys):
      "the training in '\(path)' followed another recipe, which differs in \(keys.joined(separator: ", ")); "
        + "leave the recipe out to go on with that one, or start anew with --force"
    case .diverged(let error, let epoch, let path):
      epoch == 0
        ? "\(error.description); '\(path)' holds the weights from before the first epoch"
        : "\(error.description); '\(path)' holds the weights from the end of epoch \(epoch)"
    }
  }

  /// Runs something for one item and names the item in its errors.
  static func naming<Result>(_ item: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as RunError {
      throw error
    } catch let error as InputError {
      // An error of the item's own file names it already.
      throw error
    } catch let error as any Failure {
      throw RunError.item(name: item, error)
    }
  }
}
