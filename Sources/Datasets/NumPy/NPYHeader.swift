import Archives
import TensorCore

/// The beginning of an .npy file: what the elements are and where they start.
///
/// Format versions 1.0, 2.0 and 3.0 of NumPy's `numpy.lib.format`.
struct NPYHeader {
  /// What the elements are; nothing when they are of a type that is not read, whose name `typeName` gives.
  let elements: NumPyElements?
  /// The element type as the file names it.
  let typeName: String
  /// Where the elements start.
  let dataStart: Int

  /// The most bytes a header may take: NumPy's own limit, beyond which nothing but structured types gets.
  static let mostHeaderBytes = 10_000
  /// The bytes that hold any header, from the start of the file.
  static let mostBytes = 12 + mostHeaderBytes

  /// Reads the header at the start of `bytes`.
  ///
  /// - Throws: `DatasetError.array` when it is damaged or of an unknown version.
  init(_ bytes: [UInt8], at location: ArrayLocation) throws(DatasetError) {
    guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else {
      throw .array(.noMagic, at: location)
    }
    var reader = ByteReader(bytes, at: 6)
    guard let major = reader.byte(), let minor = reader.byte() else {
      throw .array(.header("it ends before its version"), at: location)
    }
    guard (1...3).contains(major), minor == 0 else {
      throw .array(.version(major: Int(major), minor: Int(minor)), at: location)
    }
    guard let length = reader.length(major == 1 ? 2 : 4), length <= Self.mostHeaderBytes else {
      throw .array(.header("its length is missing or above \(Self.mostHeaderBytes) bytes"), at: location)
    }
    guard let place = reader.range(length) else {
      throw .array(.header("it ends before the \(length) bytes it announces"), at: location)
    }
    // Version 3 is UTF-8, the others are Latin-1; everything that is read here is ASCII.
    let text = String(decoding: bytes[place], as: UTF8.self)
    guard case .dictionary(let fields) = PythonLiteral(parsing: text),
      case .truth(let isFortranOrder) = fields["fortran_order"],
      case .sequence(let shape) = fields["shape"], let description = fields["descr"]
    else { throw .array(.header("it does not give descr, fortran_order and shape"), at: location) }
    var extents: [Int] = []
    for item in shape {
      guard case .integer(let extent) = item, extent >= 0 else {
        throw .array(.header("its shape is not a tuple of extents"), at: location)
      }
      extents.append(extent)
    }
    dataStart = reader.position
    if case .text(let name) = description {
      typeName = name
      elements = NumPyType(name).map {
        NumPyElements(type: $0, extents: extents, isFortranOrder: isFortranOrder)
      }
    } else {
      typeName = "structured"
      elements = nil
    }
  }
}

extension NPYHeader {
  /// What the header announces, checked against the bytes that follow it; nothing for a type that is not
  /// read.
  func entry(
    named name: String, bodyCount: Int, at location: ArrayLocation
  ) throws(DatasetError) -> ArrayEntry? {
    guard let elements else { return nil }
    try elements.check(byteCount: bodyCount, at: location)
    return ArrayEntry(name: name, shape: Shape(elements.extents), kind: elements.type.kind)
  }

  /// The array that follows the header.
  func array(in bytes: [UInt8], at location: ArrayLocation) throws(DatasetError) -> NumericArray {
    guard let elements else { throw .array(.unreadableType(typeName), at: location) }
    return try elements.array(of: bytes[dataStart...], at: location)
  }
}
