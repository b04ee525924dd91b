import Networks

extension Model {
  /// Makes a model from an architecture alone, with weights that are all zero.
  ///
  /// - Parameter path: A file with the JSON text of `model.to_json()`.
  /// - Throws: `KerasFormatError` when the file is not there, is damaged, or describes anything that would not be computed exactly as
  ///   Keras does.
  public init(kerasArchitecture path: String) throws(KerasFormatError) {
    let (configuration, version) = try KerasDocument.architecture(path)
    let reader = NetworkConfigurationReader(file: path, kerasVersion: version ?? KerasVersion(parsing: nil))
    self = try GraphAssembly.model(
      try reader.network(configuration), weights: WeightScope(zerosFor: path), file: path)
  }
}
