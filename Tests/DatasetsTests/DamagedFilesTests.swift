import Datasets
import TensorCore
import Testing

/// Damage of every kind: each reader must answer with arrays or a `DatasetError`, never trap, hang or take
/// memory without bound.
@Suite struct DamagedFilesTests {
  /// The ladders are refused after a second's work, once each in their own test; damaged by the thousand they
  /// would take hours.
  static let binaries = ["npy", "npz", "pickles"].flatMap { Fixture.names(in: $0) }
    .filter { !$0.hasSuffix("ladder.pkl") }

  static let table = Array(
    "\u{feff}record,label,\"t;\"\"0\",t1\r\nA7,2,0.5,1\r\n\r\nB9,0,-3e2,\" 4 \"\r\n".utf8)

  /// Opens a file and reads everything in it; tells whether that went well.
  private func isReadable(_ bytes: [UInt8], as path: String, _ options: TableOptions = TableOptions()) -> Bool
  {
    do throws(DatasetError) {
      let file = try ArrayFile(bytes: bytes, path: path, table: options)
      for entry in file.entries {
        let array = try file.array(named: entry.name)
        if array.shape != entry.shape || array.kind != entry.kind { Issue.record("\(entry) is another") }
        _ = try file.labels(forKey: entry.name)
      }
      return true
    } catch {
      return error.description.isEmpty
    }
  }

  @Test(arguments: binaries) func noBeginningOfAFileIsAFile(_ name: String) throws {
    let bytes = try Fixture.bytes(name)
    for length in 0..<bytes.count where isReadable(Array(bytes[..<length]), as: name) {
      Issue.record("\(length) bytes are readable")
    }
    #expect(!isReadable(bytes + [0], as: name))
  }

  @Test(arguments: binaries) func changedBytesAreAnsweredOrRefused(_ name: String) throws {
    let bytes = try Fixture.bytes(name)
    var random = NumPyLegacyRandom(seed: 1)
    for _ in 0..<150 {
      var changed = bytes
      for _ in 0...random.integer(below: 3) {
        changed[random.integer(below: bytes.count)] = UInt8(random.integer(below: 256))
      }
      _ = isReadable(changed, as: name)
    }
  }

  /// Sizes and counts are the bytes that hurt: one after the other becomes the largest.
  @Test(arguments: binaries) func everyByteMayBeTheLargest(_ name: String) throws {
    let bytes = try Fixture.bytes(name)
    for index in stride(from: 0, to: bytes.count, by: bytes.count > 1000 ? 5 : 1) {
      var changed = bytes
      changed[index] = 0xff
      _ = isReadable(changed, as: name)
    }
  }

  @Test func tablesAreAnsweredOrRefused() {
    let options = TableOptions(labelColumn: .name("label"), skippedColumns: 2)
    #expect(isReadable(Self.table, as: "a.csv", options))
    for length in 0..<Self.table.count {
      _ = isReadable(Array(Self.table[..<length]), as: "a.csv", options)
    }
    var random = NumPyLegacyRandom(seed: 2)
    let characters = Array("0,;\t\"\r\n.-eE x\u{0}\u{ff}é".utf8) + [0xff]
    for _ in 0..<3000 {
      var changed = Self.table
      for _ in 0...random.integer(below: 3) {
        changed[random.integer(below: changed.count)] = characters[random.integer(below: characters.count)]
      }
      _ = isReadable(changed, as: "a.csv", options)
      _ = isReadable(changed, as: "a.csv")
    }
  }

  @Test func randomBytesAreRefused() {
    var random = NumPyLegacyRandom(seed: 4)
    for ending in ["npy", "npz", "pkl"] {
      for _ in 0..<300 {
        let bytes = (0..<random.integer(below: 200)).map { _ in UInt8(random.integer(below: 256)) }
        if isReadable(bytes, as: "a.\(ending)") { Issue.record("\(bytes) are readable") }
        // The rest of the reader is reached behind a right beginning.
        _ = isReadable([0x80, 4] + bytes, as: "a.pkl")
      }
    }
  }
}
