import HDF5Files
import TensorCore

/// The numeric data sets of an HDF5 file, named by their paths without the leading `/`.
struct HDF5ArrayFile: ArraySource {
  let entries: [ArrayEntry]
  let refused: [String: DatasetError]
  private let file: HDF5File

  init(path: String) throws(DatasetError) {
    do throws(HDF5Error) {
      file = try HDF5File(reading: path)
      var entries: [ArrayEntry] = []
      var refused: [String: DatasetError] = [:]
      for dataset in try file.root.datasets() {
        let name = String(dataset.path.drop { $0 == "/" })
        if let kind = ElementKind(dataset.elementType) {
          entries.append(ArrayEntry(name: name, shape: Shape(dataset.shape), kind: kind))
        } else {
          let location = ArrayLocation(file: path, name: name)
          refused[name] = .array(.unreadableType(dataset.elementType.name), at: location)
        }
      }
      self.entries = entries
      self.refused = refused
    } catch {
      throw .hdf5(error)
    }
  }

  func array(_ entry: ArrayEntry) throws(DatasetError) -> NumericArray {
    let location = ArrayLocation(file: file.path, name: entry.name)
    guard entry.shape.count * entry.kind.byteCount <= ArrayFile.mostBytes else {
      throw .array(.tooLarge(extents: entry.shape.extents), at: location)
    }
    do throws(HDF5Error) {
      let dataset = try file.root.dataset(entry.name)
      switch entry.kind {
      case .float16, .float32: return NumericArray(entry.shape, try dataset.floats())
      case .float64: return NumericArray(entry.shape, try dataset.doubles())
      default: return NumericArray(entry.shape, entry.kind, narrowing: try dataset.integers())
      }
    } catch {
      throw .hdf5(error)
    }
  }
}

extension ElementKind {
  /// The kind in which elements of an HDF5 type are held; nothing for those that are no numbers.
  ///
  /// Floating-point numbers of 16 bits come in two layouts there and are held as 32 bits, which both fit
  /// into.
  init?(_ type: HDF5ElementType) {
    switch type {
    case .float(64): self = .float64
    case .float: self = .float32
    case .integer(let bits, let signed): self.init(rawValue: "\(signed ? "" : "u")int\(bits)")
    case .boolean: self = .bool
    case .string, .other: return nil
    }
  }
}

extension NumericArray {
  /// Creates an array of a kind of whole numbers, into which the values fit.
  fileprivate init(_ shape: Shape, _ kind: ElementKind, narrowing values: [Int]) {
    let size = kind.byteCount
    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.count * size)
    for value in values {
      withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0.prefix(size)) }
    }
    self.init(shape, kind, bytes)
  }
}
