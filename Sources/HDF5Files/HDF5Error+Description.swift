extension HDF5Error {
  /// One sentence for the user.
  public var description: String {
    switch self {
    case .missingFile(let file):
      "'\(file)' does not exist; check the path"
    case .unreadableFile(let file, let reason):
      "'\(file)' cannot be opened: \(reason); allow this user to read it"
    case .notHDF5(let file, let found):
      "'\(file)' is not an HDF5 file but \(found); name a file that Keras or h5py saved as .h5"
    case .damaged(let file, let path, let reason):
      "'\(file)' is damaged at \(path): \(reason); copy or save the file again"
    case .missingObject(let file, let path, let available):
      "'\(file)' has no \(path); its group holds \(Self.listed(available))"
    case .wrongObject(let file, let path, let expected, let found):
      "\(path) in '\(file)' should be a \(expected), but it is a \(found); check the path"
    case .brokenLink(let file, let path):
      "\(path) in '\(file)' is a link that leads nowhere in this file; name the data set itself"
    case .outsideFile(let file, let path, let found):
      "\(path) in '\(file)' is \(found), which is not followed; save the data in one file"
    case .oversized(let file, let path, let claimed, let limit):
      "\(path) in '\(file)' claims \(claimed), but this file can hold at most \(limit) bytes of it; "
        + "copy or save the file again"
    case .wrongType(let file, let path, let expected, let found):
      "\(path) in '\(file)' should hold \(expected), but it holds \(found); check the path"
    case .outOfRange(let file, let path, let value):
      "\(path) in '\(file)' should hold signed 64-bit integers, but it holds \(value); save it as another type"
    case .notText(let file, let path):
      "\(path) in '\(file)' should be UTF-8 text, but its bytes are not; save it as UTF-8"
    case .unusableFilter(let file, let path, let filter):
      "\(path) in '\(file)' is stored with \(filter), which cannot be read; save it with gzip or uncompressed"
    case .missingRows(let file, let path, let rows, let available):
      "\(path) in '\(file)' has \(available) rows, but rows \(rows.lowerBound) to \(rows.upperBound - 1) "
        + "were asked for (counted from 0); ask for rows that it has"
    case .notWritable(let file, let path, let reason):
      "cannot write \(path) of '\(file)': \(reason); name an output in a folder that exists and has room"
    }
  }

  /// "'a', 'b'", cut after eight names and long names after sixty characters.
  private static func listed(_ names: [String]) -> String {
    guard !names.isEmpty else { return "nothing" }
    let shown = names.prefix(8).map { $0.count > 60 ? "'\($0.prefix(60))...'" : "'\($0)'" }
    return shown.joined(separator: ", ") + (names.count > 8 ? " and \(names.count - 8) more" : "")
  }
}
