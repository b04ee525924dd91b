import Foundation
import HDF5Shims

/// Reads everything in a file that can be read by way of this module, and forgets it.
///
/// Errors do not matter here: whoever reads the file afterwards meets them again. The elements of data sets that are stored
/// in one piece without filters are plain bytes, of which the first row is enough; all others are read whole, in blocks of rows.
struct RehearsedReading {
  /// The bytes of a block of rows.
  private static let blockBytes = 8 << 20
  /// The memory for the smallest file; larger ones may take four times their size more.
  private static let leastMemory = 512 << 20
  /// The processor time for the smallest file, in seconds; larger ones have a second more per 4 MiB.
  private static let leastSeconds = 10

  private let file: OpenFile
  private var visited: Set<haddr_t> = []

  /// Reads a file under limits of time and memory, which afterwards hold for the whole process.
  static func outcome(of source: HDF5Rehearsal.Source) -> RehearsalOutcome {
    limit(for: source)
    errno = 0
    do {
      let file = try Library.locked { () throws(HDF5Error) in
        switch source {
        case .file(let path): try OpenFile(reading: path)
        case .image(let image): try OpenFile(image: image, path: "/")
        }
      }
      var reading = RehearsedReading(file: file)
      let isListed = reading.readAll()
      return hs_ran_out_of_memory() ? .outOfMemory : isListed ? .passed : .unlisted
    } catch {
      return hs_ran_out_of_memory() ? .outOfMemory : .passed
    }
  }

  private init(file: OpenFile) { self.file = file }

  private static func limit(for source: HDF5Rehearsal.Source) {
    var size = 0
    switch source {
    case .image(let image): size = image.count
    case .file(let path):
      var facts = stat()
      if stat(path, &facts) == 0 { size = Int(facts.st_size) }
    }
    set(RLIMIT_CPU, to: leastSeconds + size / (4 << 20))
    set(RLIMIT_DATA, to: leastMemory + 4 * size)
    set(RLIMIT_CORE, to: 0)
  }

  private static func set(_ resource: __rlimit_resource, to value: Int) {
    var limits = rlimit()
    guard getrlimit(__rlimit_resource_t(resource.rawValue), &limits) == 0 else { return }
    limits.rlim_cur = min(rlim_t(value), limits.rlim_max)
    _ = setrlimit(__rlimit_resource_t(resource.rawValue), &limits)
  }

  /// Reads all groups; false when a list of names cannot be read.
  private mutating func readAll() -> Bool {
    var waiting = ["/"]
    _ = kind(ofNew: "/")
    while let place = waiting.popLast() {
      let group = HDF5Group(file: file, path: place)
      guard let attributes = try? group.attributeNames(), let names = try? group.names() else { return false }
      for name in attributes { _ = try? group.attribute(name) }
      for name in names {
        let next = OpenFile.join(place, name)
        switch kind(ofNew: next) {
        case H5I_GROUP: waiting.append(next)
        case H5I_DATASET:
          guard let dataset = try? HDF5Dataset(file: file, path: next) else { continue }
          guard let attributes = try? attributeNames(of: dataset) else { return false }
          for name in attributes { _ = try? dataset.attribute(name) }
          read(dataset)
        default: break
        }
      }
    }
    return true
  }

  /// What an object is that was not met before; `nil` for others and for what cannot be opened.
  private mutating func kind(ofNew place: String) -> H5I_type_t? {
    let facts = try? Library.locked { () throws(HDF5Error) in
      let object = try file.object(at: place)
      return (address: try file.address(of: object, at: place), kind: H5Iget_type(object.id))
    }
    guard let facts, visited.insert(facts.address).inserted else { return nil }
    return facts.kind
  }

  private func attributeNames(of dataset: HDF5Dataset) throws(HDF5Error) -> [String] {
    try Library.locked { () throws(HDF5Error) in
      try file.attributeNames(of: file.object(at: dataset.path), at: dataset.path)
    }
  }

  private func read(_ dataset: HDF5Dataset) {
    guard let extent = dataset.shape.first, dataset.count > 0 else {
      if dataset.elementType == .string { _ = try? dataset.strings() }
      _ = try? dataset.floats()
      _ = try? dataset.integers()
      return
    }
    let rowBytes = dataset.count / extent * 8
    let rows = isPlain(dataset) ? 1 : extent
    let block = max(1, Self.blockBytes / rowBytes)
    for start in stride(from: 0, to: rows, by: block) {
      let range = start..<min(start + block, rows)
      switch dataset.elementType {
      case .string: _ = try? dataset.strings(rows: range)
      case .integer, .boolean: _ = try? dataset.integers(rows: range)
      case .float, .other: break
      }
      _ = try? dataset.floats(rows: range)
    }
  }

  /// Whether the elements are numbers, one behind the other in the file.
  private func isPlain(_ dataset: HDF5Dataset) -> Bool {
    switch dataset.elementType {
    case .float, .integer: break
    case .boolean, .string, .other: return false
    }
    // Only data in one piece have an address.
    let address = try? Library.locked { () throws(HDF5Error) in
      H5Dget_offset(try file.object(at: dataset.path).id)
    }
    return address.map { $0 != haddr_t.max } ?? false
  }
}
