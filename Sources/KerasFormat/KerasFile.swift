import Networks

/// A model that Keras saved, and what of the file was not needed for it.
public struct KerasFile: Sendable {
  /// The model with its weights.
  public let model: Model
  /// What the file holds that has no influence on answers or is computed otherwise, one sentence each.
  public let notes: [String]

  /// Reads a model of any version of Keras.
  ///
  /// The content of the file decides its format, not its name: `model.h5`, a `.keras` archive, or weights alone.
  ///
  /// - Parameters:
  ///   - path: The file with the weights, and with the architecture unless that is given.
  ///   - architecture: A file with the JSON text of `model.to_json()`, for files that hold weights alone.
  ///   - inputShapes: By name the shapes of inputs whose extents the file leaves open: `[spatial..., channels]`, or the spatial extents
  ///     alone where the file has the channels. An input that is not named must have all its extents in the file.
  /// - Throws: `KerasFormatError` when a file is not there, is damaged, or holds anything that would not be computed exactly as Keras
  ///   does: the error names the layer, its class and the file.
  public init(
    _ path: String, architecture: String? = nil, inputShapes: [String: [Int]] = [:]
  ) throws(KerasFormatError) {
    let document = try KerasDocument(path, architecture: architecture)
    let reader = NetworkConfigurationReader(file: document.file, kerasVersion: document.kerasVersion)
    let network = try reader.network(document.configuration)
    model = try GraphAssembly.model(
      network, weights: WeightScope(ofFile: document.weights, named: path), file: document.file,
      inputShapes: inputShapes)
    let older = document.kerasVersion.major == 1 && model.nodes.contains { $0.layer.role == .convolution }
    notes =
      IgnoredParts.notes(of: network) + (older ? [IgnoredParts.unknownBackend] : [])
      + (document.isCompiled ? [IgnoredParts.training] : [])
  }
}

extension Model {
  /// Reads a model from a file that Keras saved: `.h5`, `.hdf5` or `.keras`.
  ///
  /// - Parameter path: The file.
  /// - Throws: `KerasFormatError` when the file is not there, is damaged, or holds anything that would not be computed exactly as
  ///   Keras does: the error names the layer, its class and the file.
  public init(keras path: String) throws(KerasFormatError) {
    self = try KerasFile(path).model
  }
}
