/// The global heap of a file: collections of objects, such as texts of variable length.
///
/// Layout after "HDF5 File Format Specification, Version 3.0", section III.E: the signature `GCOL`, version 1, three
/// unused bytes, the size of the collection, then objects, each with index (2 bytes), reference count (2), unused (4)
/// and size, and its content up to the next multiple of eight. Index 0 marks free space, which is the last.
struct GlobalHeap {
  private let file: OpenFile
  private let path: String
  private var collections: [Int: Collection] = [:]
  private var loaded = 0

  private struct Collection {
    var bytes: [UInt8]
    var objects: [Int: Range<Int>]
  }

  /// Looks into the heap of a file for the sake of what is at `path`.
  init(file: OpenFile, path: String) {
    self.file = file
    self.path = path
  }

  /// The content of an object.
  ///
  /// - Parameters:
  ///   - index: Its index in the collection.
  ///   - address: The address of the collection, from the beginning of the HDF5 data.
  /// - Returns: Its bytes.
  /// - Throws: `HDF5Error` when there is no such object.
  mutating func object(_ index: Int, at address: Int) throws(HDF5Error) -> ArraySlice<UInt8> {
    let collection = if let known = collections[address] { known } else { try load(address) }
    guard let range = collection.objects[index] else {
      throw damaged("a text is missing in the heap")
    }
    return collection.bytes[range]
  }

  private mutating func load(_ address: Int) throws(HDF5Error) -> Collection {
    let format = file.format
    let headerSize = 8 + format.lengthSize
    let header = try file.bytes(at: address, count: headerSize, for: path)
    guard header.starts(with: Array("GCOL".utf8) + [1]) else { throw damaged("its texts have no heap") }
    let size = header.littleEndian(at: 8, size: format.lengthSize)
    // Collections do not overlap, so that all together are no longer than the file.
    guard size >= headerSize, size <= file.size - loaded else {
      throw damaged("the heap of its texts is too large")
    }
    loaded += size
    let bytes = try file.bytes(at: address, count: size, for: path)
    let collection = Collection(bytes: bytes, objects: objects(in: bytes, from: headerSize))
    collections[address] = collection
    return collection
  }

  /// Where the objects are; what does not fit is left out, and missed when a reference asks for it.
  private func objects(in bytes: [UInt8], from start: Int) -> [Int: Range<Int>] {
    let headerSize = 8 + file.format.lengthSize
    var objects: [Int: Range<Int>] = [:]
    var place = start
    while place + headerSize <= bytes.count {
      let header = bytes[place..<place + headerSize]
      let index = header.littleEndian(at: 0, size: 2)
      let size = header.littleEndian(at: 8, size: file.format.lengthSize)
      guard index != 0, size >= 0, size <= bytes.count - place - headerSize else { break }
      objects[index] = place + headerSize..<place + headerSize + size
      place += headerSize + (size + 7) / 8 * 8
    }
    return objects
  }

  private func damaged(_ reason: String) -> HDF5Error {
    .damaged(file: file.path, path: path, reason: reason)
  }
}
