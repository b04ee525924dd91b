import Boundary
import Datasets
import KerasFormat
import Networks

/// Why a recipe cannot be followed.
public enum RecipeError: Failure, Equatable {
  /// There is no file and no recipe of the program of that name.
  case unknownRecipe(name: String, available: [String])
  /// The file cannot be read.
  case unreadable(path: String, reason: String)
  /// The text is no YAML.
  case notYAML(reason: String, at: RecipePlace)
  /// A key that is not known at its place.
  case unknownKey(String, in: String, available: [String], at: RecipePlace)
  /// A key that has to be there.
  case missingKey(String, in: String, expected: String, at: RecipePlace)
  /// A value that is not what it should be.
  case value(key: String, expected: String, found: String, at: RecipePlace)
  /// Two keys of which only one can be given.
  case conflict(keys: [String], in: String, found: Int, at: RecipePlace)
  /// A layer does not fit behind the others.
  case layer(ModelError, at: RecipePlace)
  /// The file of the model cannot be used.
  case model(any Failure, at: RecipePlace)
  /// An operation of the augmentation cannot be done.
  case augmentation(AugmentationError, at: RecipePlace)
  /// A file or folder with data is not there.
  case missingData(path: String, key: String, at: RecipePlace)
  /// A file or folder with data cannot be used.
  case data(any Failure, key: String, at: RecipePlace)
  /// Data without labels.
  case noLabels(path: String, key: String, at: RecipePlace)
  /// A class of which there is no item.
  case emptyClass(name: String, path: String, key: String, at: RecipePlace)
  /// A label that the model has no output for.
  case label(Int, item: String, path: String, classes: Int, at: RecipePlace)
  /// Items that the model does not take.
  case items(path: String, found: String, expected: String, at: RecipePlace)
  /// Not as many class weights as classes.
  case classWeights(found: Int, classes: Int, at: RecipePlace)

  /// The class of the failure.
  public var failureClass: FailureClass {
    switch self {
    case .unknownRecipe, .unreadable, .missingData: .missingFile
    case .model(let failure, _), .data(let failure, _, _): failure.failureClass
    default: .badData
    }
  }

  /// Whether two errors are the same.
  public static func == (left: RecipeError, right: RecipeError) -> Bool {
    left.description == right.description && left.failureClass == right.failureClass
  }
}
