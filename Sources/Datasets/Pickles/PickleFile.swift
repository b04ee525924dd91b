/// The arrays of a .pkl file, read without executing anything.
struct PickleFile: ArraySource {
  let entries: [ArrayEntry]
  let refused: [String: DatasetError]
  private let file: String
  private let bytes: [UInt8]
  private let stored: [String: PickleContents.Stored]

  init(_ bytes: [UInt8], path: String, name: String) throws(DatasetError) {
    var machine = PickleMachine(bytes, file: path)
    let value = try machine.run()
    let contents = try PickleContents(of: value, in: machine, name: name)
    file = path
    self.bytes = bytes
    entries = contents.entries
    refused = contents.refused
    stored = contents.stored
  }

  func array(_ entry: ArrayEntry) throws(DatasetError) -> NumericArray {
    let location = ArrayLocation(file: file, name: entry.name)
    switch stored[entry.name] {
    case .numbers(let array): return array
    case .elements(let elements, let text):
      guard let content = text.bytes(in: bytes) else {
        throw .array(.notBytes, at: location)
      }
      return try elements.array(of: content[...], at: location)
    case nil: preconditionFailure("\(entry) is not an entry of this file")
    }
  }
}
