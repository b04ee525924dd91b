import Boundary

/// Why a folder of images cannot be used.
public enum FolderProblem: Sendable, Hashable {
  /// There is no such folder, or it cannot be read.
  case unreadable(String)
  /// Nothing in it is an image.
  case noImages
  /// It holds both images and folders of classes.
  case mixed(image: String, folder: String)

  /// The class of the failure.
  var failureClass: FailureClass {
    switch self {
    case .unreadable: .missingFile
    case .noImages, .mixed: .badData
    }
  }
}
