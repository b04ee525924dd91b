import Boundary
import Foundation
import HDF5Files
import Testing

@Suite struct HDF5FileWritingTests {
  /// Writes a file and opens it.
  private func written(_ build: (HDF5GroupWriter) throws -> Void) throws -> HDF5File {
    try Fixtures.withFolder { folder in
      let path = folder.appendingPathComponent("new.h5").path
      try HDF5File.write(to: path, build)
      return try HDF5File(reading: path)
    }
  }

  @Test(arguments: [HDF5Compression.none, .gzip, .gzip(level: 9), .gzip(level: 0)])
  func numbersComeBack(compression: HDF5Compression) throws {
    let floats: [Float] = [1, -2.5, .infinity, .leastNonzeroMagnitude, 0, 7]
    let file = try written { root in
      try root.write(floats, shape: [2, 3], to: "a/floats", compression: compression)
      try root.write([0.1, -1e300], shape: [2], to: "a/doubles", compression: compression)
      try root.write([Int.min, 0, Int.max], shape: [3, 1], to: "a/integers", compression: compression)
      try root.write([Float](), shape: [0, 4], to: "empty", compression: compression)
      try root.write([Float(3)], shape: [], to: "scalar", compression: compression)
    }
    #expect(
      try file.root.datasets().map(\.path) == ["/a/doubles", "/a/floats", "/a/integers", "/empty", "/scalar"])
    let dataset = try file.root.dataset("a/floats")
    #expect(dataset.shape == [2, 3])
    #expect(dataset.elementType == .float(bits: 32))
    #expect(try dataset.floats() == floats)
    #expect(try file.root.dataset("a/doubles").doubles() == [0.1, -1e300])
    #expect(try file.root.dataset("a/doubles").elementType == .float(bits: 64))
    #expect(try file.root.dataset("a/integers").integers() == [.min, 0, .max])
    #expect(try file.root.dataset("empty").shape == [0, 4])
    #expect(try file.root.dataset("scalar").shape == [])
    #expect(try file.root.dataset("scalar").floats() == [3])
  }

  @Test func textsComeBack() throws {
    let file = try written { root in
      try root.write(["a", "", "µV 心電図"], shape: [3], to: "texts")
      try root.write(["one"], shape: [], to: "scalar")
      try root.write([String](), shape: [0], to: "none")
    }
    #expect(try file.root.dataset("texts").strings() == ["a", "", "µV 心電図"])
    #expect(try file.root.dataset("scalar").strings() == ["one"])
    #expect(try file.root.dataset("none").strings() == [])
  }

  @Test(arguments: [HDF5TextLayout.variable, .fixed])
  func attributesComeBack(layout: HDF5TextLayout) throws {
    let values: [(String, HDF5Attribute)] = [
      ("text", .string("µV")), ("empty", .string("")), ("texts", .strings(["conv1d", "", "µV"])),
      ("no texts", .strings([])), ("no numbers", .doubles([])), ("numbers", .doubles([0.5, .infinity])),
      ("integers", .integers([.min, .max])), ("truths", .booleans([true, false])),
    ]
    let file = try written { root in
      for (name, value) in values { try root.setAttribute(name, to: value, layout: layout) }
      try root.group("g").setAttribute("here", to: .string("g"), layout: layout)
      try root.write([Float(1)], shape: [1], to: "g/x")
      try root.setAttribute("unit", to: .string("mV"), at: "g/x", layout: layout)
    }
    for (name, value) in values { #expect(try file.root.attribute(name) == value, "\(name)") }
    #expect(try file.root.group("g").attribute("here") == .string("g"))
    #expect(try file.root.dataset("g/x").attribute("unit") == .string("mV"))
  }

  @Test func longTextFitsOnlyInVariableLayout() throws {
    let long = String(repeating: "x", count: 200_000)
    let file = try written { root in try root.setAttribute("model_config", to: .string(long)) }
    #expect(try file.root.attribute("model_config") == .string(long))
    #expect(
      throws: HDF5Error.notWritable(
        file: "new.h5", path: "attribute 'a' of /",
        reason: "its 200000 bytes are more than 64512, the most an attribute can hold")
    ) {
      try inFolder { path in
        try HDF5File.write(to: path) { try $0.setAttribute("a", to: .string(long), layout: .fixed) }
      }
    }
  }

  @Test func attributesAreReplacedAndGroupsReused() throws {
    let file = try written { root in
      try root.setAttribute("a", to: .string("old"))
      try root.setAttribute("a", to: .integers([1]))
      try root.group("g/h").write([Float(1)], shape: [1], to: "x")
      try root.group("g/h").write([Float(2)], shape: [1], to: "y")
      #expect(try root.group("/g/h/").path == "/g/h")
    }
    #expect(try file.root.attribute("a") == .integers([1]))
    #expect(try file.root.group("g/h").names() == ["x", "y"])
  }

  @Test func sameContentGivesSameBytes() throws {
    func bytes() throws -> Data {
      try Fixtures.withFolder { folder in
        let path = folder.appendingPathComponent("new.h5")
        try HDF5File.write(to: path.path) { root in
          try root.write(
            [Float](repeating: 0.5, count: 1000), shape: [10, 100], to: "g/x", compression: .gzip)
          try root.write(["a", "b"], shape: [2], to: "g/names")
          try root.setAttribute("layers", to: .strings(["a", "b"]))
        }
        return try Data(contentsOf: path)
      }
    }
    let first = try bytes()
    sleep(1)
    #expect(try bytes() == first)
  }

  @Test func aFailureLeavesTheOldFile() throws {
    struct Stop: Error {}
    try Fixtures.withFolder { folder in
      let path = folder.appendingPathComponent("new.h5").path
      try HDF5File.write(to: path) { try $0.write([1], shape: [1], to: "old") }
      #expect(throws: Stop.self) {
        try HDF5File.write(to: path) { root in
          try root.write([2], shape: [1], to: "new")
          throw Stop()
        }
      }
      #expect(try HDF5File(reading: path).root.names() == ["old"])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["new.h5"])
    }
  }

  @Test func refusesWhatIsInTheWay() throws {
    #expect(throws: HDF5Error.self) {
      try inFolder { path in
        try HDF5File.write(to: path) { root in
          try root.write([1], shape: [1], to: "x")
          try root.write([1], shape: [1], to: "x")
        }
      }
    }
    #expect(throws: HDF5Error.self) {
      try inFolder { path in
        try HDF5File.write(to: path) { root in
          try root.write([1], shape: [1], to: "x")
          try root.group("x/y")
        }
      }
    }
  }

  @Test(arguments: ["", "/", "a\0b"])
  func refusesNamesThatCannotBe(name: String) throws {
    #expect(
      throws: HDF5Error.notWritable(file: "new.h5", path: "/", reason: "a name is empty or holds a zero byte")
    ) {
      try inFolder { path in
        try HDF5File.write(to: path) { try $0.write([1], shape: [1], to: name) }
      }
    }
  }

  @Test func refusesTextWithZeroBytes() throws {
    #expect(
      throws: HDF5Error.notWritable(
        file: "new.h5", path: "attribute 'a' of /", reason: "a text holds a zero byte")
    ) {
      try inFolder { path in
        try HDF5File.write(to: path) { try $0.setAttribute("a", to: .string("x\0y")) }
      }
    }
  }

  @Test func needsAFolder() throws {
    #expect(throws: WholeFileError.self) {
      try HDF5File.write(to: "/nowhere/at/all/new.h5") { _ in }
    }
  }

  /// Runs `body` with a path in a new folder; errors then name only the last part of it.
  private func inFolder(_ body: (String) throws -> Void) throws {
    try Fixtures.withFolder { folder in
      do {
        try body(folder.appendingPathComponent("new.h5").path)
      } catch HDF5Error.notWritable(let file, let path, let reason) {
        throw HDF5Error.notWritable(file: (file as NSString).lastPathComponent, path: path, reason: reason)
      }
    }
  }
}
