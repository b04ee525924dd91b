import Datasets
import Testing

@Suite struct ArrayFileLabelsTests {

  /// A pickle of a dictionary of lists of numbers.
  private func file(_ lists: [(String, [Double])]) throws -> ArrayFile {
    var bytes: [UInt8] = [0x80, 4, 0x7d, 0x28]
    for (name, numbers) in lists {
      bytes += [0x8c, UInt8(name.utf8.count)] + Array(name.utf8) + [0x5d, 0x28]
      for number in numbers {
        bytes.append(0x47)
        withUnsafeBytes(of: number.bitPattern.bigEndian) { bytes += $0 }
      }
      bytes.append(0x65)
    }
    return try ArrayFile(bytes: bytes + [0x75, 0x2e], path: "a.pkl")
  }

  @Test(arguments: [
    ("x", "y"), ("x_test", "y_test"), ("X", "y"), ("Xtrain", "Ytrain"), ("input", "label"), ("a/x", "a/y"),
    ("golden/input", "golden/label"),
  ])
  func labelsAreFoundByConvention(_ name: String, _ labels: String) throws {
    let file = try file([(name, [0.5, 0.25]), (labels, [3, 1])])
    #expect(try file.labels(forKey: name) == [3, 1])
  }

  @Test func withoutSuitableLabelsThereAreNone() throws {
    #expect(try file([("x", [1, 2]), ("y", [1, 2, 3])]).labels(forKey: "x") == nil)
    #expect(try file([("x", [1, 2]), ("y", [1, 2.5])]).labels(forKey: "x") == nil)
    #expect(try file([("x", [1, 2]), ("z", [1, 2])]).labels(forKey: "x") == nil)
    #expect(try file([("inputs", [1, 2]), ("label", [1, 2])]).labels(forKey: "inputs") == nil)
    #expect(try file([("x", [1, 2])]).labels() == nil)
  }

  @Test func namedLabelsMustSuit() throws {
    let file = try file([("x", [1, 2]), ("z", [8, 9]), ("three", [1, 2, 3]), ("half", [1, 0.5])])
    #expect(try file.labels(forKey: "x", labelsKey: "z") == [8, 9])
    #expect(
      throws: DatasetError.labels(
        .count(items: 2, shape: [3]), at: ArrayLocation(file: "a.pkl", name: "three"))
    ) { try file.labels(forKey: "x", labelsKey: "three") }
    #expect(
      throws: DatasetError.labels(.notWhole(.float64), at: ArrayLocation(file: "a.pkl", name: "half"))
    ) { try file.labels(forKey: "x", labelsKey: "half") }
    #expect(
      throws: DatasetError.missingArray(name: "none", file: "a.pkl", available: file.entries)
    ) { try file.labels(forKey: "x", labelsKey: "none") }
  }
}
