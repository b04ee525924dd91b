import Archives

/// The arrays of an .npz file: a zip archive of .npy files, each named by its entry less the ending.
///
/// Opening reads the headers only; an array is decompressed when it is asked for.
struct NPZFile: ArraySource {
  private let archive: ZIPArchive
  private let members: [String: ZIPEntry]
  let entries: [ArrayEntry]
  let refused: [String: DatasetError]

  init(_ bytes: [UInt8], path: String) throws(DatasetError) {
    let archive = try Self.unpacking { () throws(ArchiveError) in try ZIPArchive(bytes, file: path) }
    var members: [String: ZIPEntry] = [:]
    var entries: [ArrayEntry] = []
    var refused: [String: DatasetError] = [:]
    for member in archive.entries where member.name.hasSuffix(".npy") {
      let name = String(member.name.dropLast(4))
      let location = ArrayLocation(file: path, name: name)
      guard members.updateValue(member, forKey: name) == nil else {
        throw .duplicateArray(name: name, file: path)
      }
      let prefix = try Self.unpacking { () throws(ArchiveError) in
        try archive.prefix(of: member, limit: NPYHeader.mostBytes)
      }
      let header = try NPYHeader(prefix, at: location)
      let body = max(0, member.count - header.dataStart)
      if let entry = try header.entry(named: name, bodyCount: body, at: location) {
        entries.append(entry)
      } else {
        refused[name] = .array(.unreadableType(header.typeName), at: location)
      }
    }
    self.archive = archive
    self.members = members
    self.entries = entries
    self.refused = refused
  }

  func array(_ entry: ArrayEntry) throws(DatasetError) -> NumericArray {
    guard let member = members[entry.name] else {
      preconditionFailure("\(entry) is not an entry of this file")
    }
    let location = ArrayLocation(file: archive.file, name: entry.name)
    let content = try Self.unpacking { () throws(ArchiveError) in try archive.content(of: member) }
    return try NPYHeader(content, at: location).array(in: content, at: location)
  }

  /// Does something with the archive and reports its errors as ours.
  private static func unpacking<Result>(
    _ body: () throws(ArchiveError) -> Result
  ) throws(DatasetError) -> Result {
    do {
      return try body()
    } catch {
      throw .archive(error.problem, file: error.file)
    }
  }
}
