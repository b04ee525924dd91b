import TensorCore

/// What is wrong with a checkpoint.
public enum CheckpointProblem: Sendable, Equatable {
  /// The file is something else.
  case notACheckpoint
  /// The file was written by a later version.
  case laterVersion(Int)
  /// The layers with numbers are not those of the model.
  case otherLayers(expected: [String], found: [String])
  /// Other layers are trained.
  case otherTrainedLayers(expected: [String], found: [String])
  /// An array has another shape than in the model.
  case otherShape(path: String, expected: Shape, found: Shape)
  /// A setting is not what it was.
  case otherSetting(name: String, checkpoint: String, found: String)
  /// A list of numbers has another length.
  case otherCount(path: String, expected: Int, found: Int)
  /// A number that cannot be.
  case badNumber(path: String, value: String)

  /// What is said of the file.
  var description: String {
    switch self {
    case .notACheckpoint:
      "is not a checkpoint of a training; name the checkpoint.h5 that a training wrote"
    case .laterVersion(let version):
      "is a checkpoint of version \(version), but this program reads version \(Checkpoint.version); use a later one"
    case .otherLayers(let expected, let found):
      "is a checkpoint of another model: it holds layers \(Self.listed(found)), but the model has "
        + "\(Self.listed(expected)); go on with the same model, or start anew"
    case .otherTrainedLayers(let expected, let found):
      "is a checkpoint of a training of layers \(Self.listed(found)), but \(Self.listed(expected)) are to be trained; "
        + "freeze the same layers, or start anew"
    case .otherShape(let path, let expected, let found):
      "is a checkpoint of another model: \(path) should have \(expected) numbers, but has \(found); "
        + "go on with the same model, or start anew"
    case .otherSetting(let name, let checkpoint, let found):
      "is a checkpoint of a training with \(name) \(checkpoint), but \(found) was asked for; "
        + "go on with the same settings, or start anew"
    case .otherCount(let path, let expected, let found):
      "is damaged at \(path): \(expected) numbers should be there, but there are \(found); start anew"
    case .badNumber(let path, let value):
      "is damaged at \(path): \(value) cannot be there; start anew"
    }
  }

  /// The names, cut after eight.
  private static func listed(_ names: [String]) -> String {
    guard !names.isEmpty else { return "none" }
    let shown = names.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
    return shown + (names.count > 8 ? " and \(names.count - 8) more" : "")
  }
}
