import Foundation

/// Two folders of results that should be the same but for times and rounding.
struct Comparison {
  /// Numbers of maps may differ by this share of the map's largest value.
  static let tolerance = 1e-4
  /// Numbers are shown with four digits, of which the last may be rounded either way.
  static let shownDigits = 1.1e-3

  let expected: String
  let found: String
  /// What differs, in sentences.
  private(set) var differences: [String] = []
  /// The largest value of all maps.
  private var largest = 0.0

  init(expected: String, found: String) throws {
    self.expected = expected
    self.found = found
    let names = [expected, found].map(Self.files)
    for name in names[0].subtracting(names[1]).sorted() { differences.append("\(name) was not made") }
    for name in names[1].subtracting(names[0]).sorted() { differences.append("\(name) is new") }
    let shared = names[0].intersection(names[1]).sorted()
    for name in shared where name.hasSuffix(".csv") { try compareTables(name) }
    for name in shared where !name.hasSuffix(".csv") {
      if name.hasSuffix(".png") { try comparePictures(name) } else { try compareTexts(name) }
    }
  }

  private static func files(in folder: String) -> Set<String> {
    let names = FileManager.default.subpaths(atPath: folder) ?? []
    return Set(
      names.filter { name in
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder)
          && !isFolder.boolValue
      })
  }

  private func contents(_ name: String) throws -> (Data, Data) {
    (
      try Data(contentsOf: URL(fileURLWithPath: "\(expected)/\(name)")),
      try Data(contentsOf: URL(fileURLWithPath: "\(found)/\(name)"))
    )
  }

  private mutating func compareTables(_ name: String) throws {
    let (a, b) = try contents(name)
    // The exported tables have no quoted cells.
    let tables = [a, b].map { data in
      String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
    }
    guard tables[0].map(\.count) == tables[1].map(\.count), let columns = tables[0].first,
      columns == tables[1].first
    else {
      differences.append("\(name) has other rows or columns")
      return
    }
    var reach: [Double] = columns.indices.map { column in
      tables[0].dropFirst().compactMap { $0.count > column ? Double($0[column]).map(abs) : nil }.max() ?? 0
    }
    if let map = columns.firstIndex(of: "attribution") { largest = max(largest, reach[map]) }
    // A gap is what rounding leaves of sums and scores.
    if let gap = columns.firstIndex(of: "completeness_gap"),
      let sum = columns.firstIndex(of: "attribution_sum")
    {
      reach[gap] = reach[sum]
    }
    for (line, (left, right)) in zip(tables[0], tables[1]).enumerated().dropFirst() {
      for (column, (x, y)) in zip(left, right).enumerated() where x != y && columns[column] != "seconds" {
        // Positions, classes and counts are whole numbers, which do not round.
        guard x.contains(where: { ".e".contains($0) }) || y.contains(where: { ".e".contains($0) }),
          let p = Double(x), let q = Double(y), abs(p - q) <= Self.tolerance * reach[column]
        else {
          differences.append("\(name), line \(line + 1), \(columns[column]): \(x) became \(y)")
          continue
        }
      }
    }
  }

  private mutating func comparePictures(_ name: String) throws {
    let (a, b) = try contents(name)
    guard let size = Self.extents(a), Self.extents(b) == size else {
      differences.append("\(name) has another size")
      return
    }
  }

  /// The width and height of a PNG file, as its first chunk has them.
  private static func extents(_ data: Data) -> Data? {
    guard data.starts(with: [0x89, 0x50, 0x4E, 0x47]), data.count > 24 else { return nil }
    return data.dropFirst(16).prefix(8)
  }

  private mutating func compareTexts(_ name: String) throws {
    let (a, b) = try contents(name)
    let (left, right) = (
      TextPiece.pieces(of: Self.withoutTimes(String(decoding: a, as: UTF8.self))),
      TextPiece.pieces(of: Self.withoutTimes(String(decoding: b, as: UTF8.self)))
    )
    for (x, y) in zip(left, right) where x != y {
      if isSame(x, y) { continue }
      differences.append("\(name): \(Self.short(x)) became \(Self.short(y))")
      return
    }
    if left.count != right.count { differences.append("\(name) has another length") }
  }

  /// A page without the cells of times, which its table marks.
  private static func withoutTimes(_ text: String) -> String {
    text.replacing(#/<td class="number seconds"[^>]*>[^<]*</td>/#, with: "")
  }

  private static func short(_ piece: TextPiece) -> String {
    switch piece {
    case .text(let text), .number(let text), .encoded(let text):
      "'\(text.count > 120 ? text.prefix(120) + "…" : text[...])'"
    }
  }

  private func isSame(_ a: TextPiece, _ b: TextPiece) -> Bool {
    switch (a, b) {
    case (.number(let x), .number(let y)):
      guard (x + y).contains(where: { ".e".contains($0) }), let p = Double(x), let q = Double(y) else {
        return false
      }
      return abs(p - q) <= Self.tolerance * largest + Self.shownDigits * max(abs(p), abs(q))
    case (.encoded(let x), .encoded(let y)):
      guard let p = Data(base64Encoded: x), let q = Data(base64Encoded: y) else { return false }
      if let size = Self.extents(p) { return Self.extents(q) == size }
      return Self.areNear(Self.floats(p), Self.floats(q))
    default: return false
    }
  }

  private static func floats(_ data: Data) -> [Float] {
    guard data.count % 4 == 0 else { return [] }
    return [UInt8](data).withUnsafeBytes { raw in
      stride(from: 0, to: raw.count, by: 4).map {
        Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: $0, as: UInt32.self)))
      }
    }
  }

  private static func areNear(_ a: [Float], _ b: [Float]) -> Bool {
    let reach = Double(a.map(abs).max() ?? 0)
    return !a.isEmpty && a.count == b.count
      && zip(a, b).allSatisfy { abs(Double($0) - Double($1)) <= tolerance * reach }
  }
}
