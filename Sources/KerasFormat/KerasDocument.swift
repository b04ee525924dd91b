import Archives
import HDF5Files

/// The parts of a saved model, wherever the format has them.
struct KerasDocument {
  /// The file that the architecture is from, for messages.
  let file: String
  /// The object that describes the model.
  let configuration: JSONValue
  /// The version that wrote it.
  let kerasVersion: KerasVersion
  /// The group `/` of the file with the weights.
  let weights: HDF5Group
  /// Whether it says how the model was trained.
  let isCompiled: Bool

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: The file with the weights.
  ///   - architecture: A file with the architecture as JSON, which is used in place of what the first one says.
  /// - Throws: `KerasFormatError` when a part is missing or damaged.
  init(_ path: String, architecture: String?) throws(KerasFormatError) {
    if FileBytes.prefix(of: path, count: 4) == [0x50, 0x4b, 3, 4] {
      try self.init(archive: path, architecture: architecture)
    } else {
      let root = try reading { () throws(HDF5Error) in try HDF5File(reading: path).root }
      try self.init(root, of: path, architecture: architecture)
    }
  }

  /// `model.h5` of any version, or weights alone.
  private init(_ root: HDF5Group, of path: String, architecture: String?) throws(KerasFormatError) {
    weights = root
    let saved = try Self.version(of: root)
    if let architecture {
      file = architecture
      let (object, version) = try Self.architecture(architecture)
      configuration = object
      kerasVersion = version ?? KerasVersion(parsing: saved)
      isCompiled = false
      return
    }
    file = path
    let attribute = try reading { () throws(HDF5Error) in try root.attribute("model_config") }
    guard let attribute else { throw .noModel(file: path) }
    let place = "the attribute 'model_config' of '\(path)'"
    guard let text = attribute.text else {
      throw .configurationNotJSON(place: place, reason: "it is not a text")
    }
    configuration = try Self.object(text, place)
    kerasVersion = KerasVersion(parsing: saved)
    isCompiled = try reading { () throws(HDF5Error) in
      try root.attributeNames().contains("training_config")
    }
  }

  /// An archive of version 3 of the format.
  private init(archive path: String, architecture: String?) throws(KerasFormatError) {
    let bytes = try Self.bytes(ofFile: path)
    let archive: ZIPArchive
    do {
      archive = try ZIPArchive(bytes, file: path)
    } catch {
      throw .archive(error)
    }
    let image = try Self.content("model.weights.h5", of: archive)
    weights = try reading { () throws(HDF5Error) in
      try HDF5File(image: image, path: "\(path)/model.weights.h5").root
    }
    file = architecture ?? path
    let text =
      if let architecture { try Self.text(ofFile: architecture) } else {
        try Self.content("config.json", of: archive)
      }
    configuration = try Self.object(text, architecture.map { "'\($0)'" } ?? "'config.json' in '\(path)'")
    let metadata = try Self.object(
      Self.content("metadata.json", of: archive), "'metadata.json' in '\(path)'")
    kerasVersion = KerasVersion(parsing: metadata["keras_version"]?.text ?? "3")
    isCompiled = configuration["compile_config"] != nil
  }

  /// The architecture in a file of JSON, and the version that it is from where it tells.
  static func architecture(_ path: String) throws(KerasFormatError) -> (JSONValue, KerasVersion?) {
    let object = try object(text(ofFile: path), "'\(path)'")
    return (object, version(of: object))
  }

  private static func version(of root: HDF5Group) throws(KerasFormatError) -> String? {
    try reading { () throws(HDF5Error) in
      guard case .string(let text) = try root.attribute("keras_version") else { return nil }
      return text
    }
  }

  /// The version that an architecture is from: Keras 2 writes it down, Keras 3 names the modules of classes instead.
  private static func version(of configuration: JSONValue) -> KerasVersion? {
    if let text = configuration["keras_version"]?.text { return KerasVersion(parsing: text) }
    return configuration["module"] == nil ? nil : KerasVersion(parsing: "3")
  }
}
