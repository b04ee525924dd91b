/// Text of variable length: references into the global heap of the file.
///
/// libhdf5 would follow the references itself, but version 1.10 believes the lengths it finds in them: a flipped byte
/// makes it fill gigabytes or copy beyond its buffer. So it is asked for the bare references (`hs_start` registers
/// the conversion), and they are followed here, with every length checked.
struct VariableText {
  let file: OpenFile
  let path: String

  /// The bytes of a reference: length (4), address of the collection, index in it (4).
  var referenceSize: Int { file.format.offsetSize + 8 }

  /// Follows the references.
  func strings(in references: [UInt8]) throws(HDF5Error) -> [String] {
    var heap = GlobalHeap(file: file, path: path)
    var strings: [String] = []
    strings.reserveCapacity(references.count / referenceSize)
    // Every text has bytes of its own in the file; one that many references share must not multiply.
    let limit = 2 * file.size
    var total = 0
    for start in stride(from: 0, to: references.count, by: referenceSize) {
      let reference = references[start..<start + referenceSize]
      let length = reference.littleEndian(at: 0, size: 4)
      let address = reference.littleEndian(at: 4, size: file.format.offsetSize)
      let index = reference.littleEndian(at: 4 + file.format.offsetSize, size: 4)
      guard length > 0, address != 0 else {
        strings.append("")
        continue
      }
      total += length
      guard total <= limit else {
        throw .oversized(file: file.path, path: path, claimed: "\(total) bytes of text or more", limit: limit)
      }
      let bytes = try heap.object(index, at: address).prefix(length)
      guard bytes.count == length else {
        throw .damaged(file: file.path, path: path, reason: "a text is shorter than its reference says")
      }
      guard let text = String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self) else {
        throw .notText(file: file.path, path: path)
      }
      strings.append(text)
    }
    return strings
  }
}

extension RandomAccessCollection<UInt8> where Index == Int {
  /// The unsigned number in `size` bytes from `offset` on, least significant first; -1 when it exceeds `Int`.
  func littleEndian(at offset: Int, size: Int) -> Int {
    var value = UInt64(0)
    for byte in 0..<size { value |= UInt64(self[startIndex + offset + byte]) << (8 * UInt64(byte)) }
    return Int(exactly: value) ?? -1
  }
}
