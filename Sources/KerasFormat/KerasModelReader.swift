import HDF5Files
import Networks

extension Model {
  /// Reads a model from a Keras file in the HDF5 format, as `model.save("file.h5")` writes it.
  ///
  /// - Parameter path: The file.
  /// - Throws: `KerasFormatError` when the file is not there, is damaged, or holds anything that would not be computed exactly as
  ///   Keras does: the error names the layer, its class and the file.
  public init(keras path: String) throws(KerasFormatError) {
    self = try KerasModelReader(path).model()
  }
}

/// Reads one Keras file.
struct KerasModelReader {
  private let path: String
  private let root: HDF5Group

  init(_ path: String) throws(KerasFormatError) {
    self.path = path
    root = try reading { () throws(HDF5Error) in try HDF5File(reading: path).root }
  }

  /// The model with its weights.
  func model() throws(KerasFormatError) -> Model {
    let reader = NetworkConfigurationReader(file: path, kerasVersion: try kerasVersion())
    return try GraphAssembly.model(
      reader.network(modelConfiguration()), weights: WeightScope(ofFile: root), file: path)
  }

  private func modelConfiguration() throws(KerasFormatError) -> JSONValue {
    let attribute = try reading { () throws(HDF5Error) in try root.attribute("model_config") }
    guard let attribute else { throw .noModel(file: path) }
    guard let text = attribute.text else {
      throw .configurationNotJSON(file: path, reason: "it is not a text")
    }
    do {
      return try JSONValue(parsing: text)
    } catch {
      throw .configurationNotJSON(file: path, reason: "\(text.count) characters that do not parse")
    }
  }

  private func kerasVersion() throws(KerasFormatError) -> KerasVersion {
    let attribute = try reading { () throws(HDF5Error) in try root.attribute("keras_version") }
    guard case .string(let text) = attribute else { return KerasVersion(parsing: nil) }
    return KerasVersion(parsing: text)
  }
}
