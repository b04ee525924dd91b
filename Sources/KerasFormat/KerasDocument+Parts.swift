import Archives

extension KerasDocument {
  /// The bytes of an archive, at most as many as it can address without the 64-bit extension.
  static func bytes(ofFile path: String) throws(KerasFormatError) -> [UInt8] {
    try bytes(ofFile: path, most: 1 << 32)
  }

  /// The text of a file with an architecture, of at most 256 MiB.
  static func text(ofFile path: String) throws(KerasFormatError) -> [UInt8] {
    try bytes(ofFile: path, most: 1 << 28)
  }

  /// An entry of an archive, its checksum verified.
  static func content(_ name: String, of archive: ZIPArchive) throws(KerasFormatError) -> [UInt8] {
    guard let entry = archive.entries.first(where: { $0.name == name }) else {
      throw .missingEntry(file: archive.file, entry: name)
    }
    do {
      return try archive.content(of: entry)
    } catch {
      throw .archive(error)
    }
  }

  /// A JSON text.
  static func object(_ bytes: [UInt8], _ place: String) throws(KerasFormatError) -> JSONValue {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .configurationNotJSON(place: place, reason: "it is not a text")
    }
    return try object(text, place)
  }

  /// A JSON text.
  static func object(_ text: String, _ place: String) throws(KerasFormatError) -> JSONValue {
    do {
      return try JSONValue(parsing: text)
    } catch {
      throw .configurationNotJSON(place: place, reason: "\(text.count) characters that do not parse")
    }
  }

  private static func bytes(ofFile path: String, most: Int) throws(KerasFormatError) -> [UInt8] {
    do {
      return try FileBytes.read(path, most: most)
    } catch {
      throw .unreadable(file: error.file, reason: error.reason)
    }
  }
}
