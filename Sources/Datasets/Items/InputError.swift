import Boundary
import Images
import TensorCore

/// Why a file cannot be an input of a model.
public enum InputError: Failure, Equatable {
  /// The file or folder is not there.
  case missing(path: String)
  /// The ending of the file says neither an array nor an image.
  case unknownFormat(path: String)
  /// An array file or a folder cannot be read.
  case dataset(DatasetError)
  /// An image cannot be read.
  case image(ImageError)
  /// Items of an array have another shape than the model takes.
  case itemShape(location: ArrayLocation, expected: Shape, found: Shape)
  /// An image for a model that does not take images.
  case notAnImageModel(path: String, expected: Shape)
  /// Nothing is left to explain.
  case noItems(path: String)
  /// A value that is infinite or not a number.
  case notFinite(item: String, index: Int)
  /// Neither one number nor one per channel.
  case channelCount(option: String, expected: Int, found: Int)
  /// A convention that is made for another number of channels.
  case preprocessingChannels(Preprocessing, expected: Int, found: Int)
  /// No array of the file, or several, could give the extents that the model leaves open.
  case openShape(path: String, extents: [Int?], found: [ArrayEntry])

  /// The class of the failure.
  public var failureClass: FailureClass {
    switch self {
    case .missing: .missingFile
    case .dataset(let error): error.failureClass
    case .image(let error): error.failureClass
    case .channelCount, .preprocessingChannels: .usage
    case .unknownFormat, .itemShape, .notAnImageModel, .noItems, .notFinite, .openShape: .badData
    }
  }

  /// One sentence for the user.
  public var description: String {
    switch self {
    case .missing(let path):
      "there is no file or folder '\(path)'; check the path"
    case .unknownFormat(let path):
      """
      '\(path)' is neither an array (\(ArrayFile.extensions.joined(separator: ", "))) nor an image \
      (\(ImageFolder.extensions.joined(separator: ", "))) by its ending; convert it or name another file
      """
    case .dataset(let error):
      error.description
    case .image(let error):
      error.description
    case .itemShape(let location, let expected, let found):
      """
      the model takes items of \(expected.item), but \(location.description) has shape \(found.description); \
      choose another data set with --key, or a model that fits
      """
    case .notAnImageModel(let path, let expected):
      "the model takes items of \(expected.item), which are no images, but '\(path)' is an image; give an array"
    case .noItems(let path):
      "'\(path)' has no items"
    case .notFinite(let item, let index):
      "value \(index) of item '\(item)' is not a finite number; remove or fill such values first"
    case .channelCount(let option, let expected, let found):
      "--\(option) has \(found) numbers, but the input has \(expected) channels; give one number, or one per channel"
    case .preprocessingChannels(let preprocessing, let expected, let found):
      "--preprocess \(preprocessing.rawValue) is for inputs of \(expected) channels, but the model's input has \(found); "
        + "choose tf, scale or none, or give --rescale, --mean and --std"
    case .openShape(let path, let extents, let found):
      "the model takes items of \(extents.map { $0.map(String.init) ?? "?" }.joined(separator: "x")), and '\(path)' does not say "
        + "which extents to take (found \(found.prefix(8).map(\.description).joined(separator: ", "))); choose an array with --key, or give "
        + "--input-shape"
    }
  }
}
