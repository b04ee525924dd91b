import Boundary

/// Why a model cannot be written as a Keras file.
public enum KerasWritingError: Failure, Equatable {
  /// A layer, or an option of it, that Keras 2 and 3 do not both have with the same meaning.
  case layer(name: String, layerClass: String, reason: String)

  /// The request cannot be met.
  public var failureClass: FailureClass { .usage }

  /// One sentence for the user.
  public var description: String {
    switch self {
    case .layer(let name, let layerClass, let reason):
      "layer '\(name)'\(layerClass.isEmpty ? "" : " (\(layerClass))") cannot be written as Keras file: \(reason); "
        + "replace the layer, or keep the file that the model comes from"
    }
  }
}
