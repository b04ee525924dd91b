import Datasets
import HDF5Files
import TensorCore
import Testing

@Suite struct HDF5ArrayFileTests {
  private let file = Result { try ArrayFile(contentsOf: Fixture.path("hdf5/arrays.h5")) }

  @Test func numericDataSetsAreListedByPath() throws {
    let names = try file.get().entries.map(\.name)
    #expect(names.filter { !$0.hasPrefix("kinds/") } == ["big", "packed", "x", "y"])
    #expect(names.contains("kinds/uint16"))
  }

  @Test(arguments: ElementKind.allCases.filter { $0 != .float16 && $0 != .uint64 })
  func everyKindIsRead(_ kind: ElementKind) throws {
    #expect(try file.get().array(named: "kinds/\(kind)") == Examples.array(kind))
  }

  @Test func halfPrecisionIsHeldAsSinglePrecision() throws {
    let array = try file.get().array(named: "kinds/float16")
    #expect(array.kind == .float32)
    #expect(array.doubles() == Examples.array(.float16).doubles())
  }

  @Test func compressedAndSwappedDataAreRead() throws {
    #expect(try file.get().array(named: "packed") == NumericArray([50, 2], (0..<100).map { Int32($0) }))
    #expect(try file.get().array(named: "big") == NumericArray([3], [0, 1, 2] as [Float]))
  }

  @Test func labelsAreFoundBesideTheItems() throws {
    #expect(try file.get().labels(forKey: "x") == [4, 2])
  }

  @Test func textAndNumbersThatDoNotFitAreRefused() throws {
    let file = try file.get()
    #expect(
      throws: DatasetError.array(.unreadableType("text"), at: ArrayLocation(file: file.path, name: "names"))
    ) { try file.array(named: "names") }
    #expect(
      throws: DatasetError.hdf5(.outOfRange(file: file.path, path: "/kinds/uint64", value: .max))
    ) { try file.array(named: "kinds/uint64") }
  }

  @Test func errorsOfTheLibraryPassThrough() {
    #expect(throws: DatasetError.hdf5(.missingFile(file: "/nowhere.h5"))) {
      try ArrayFile(contentsOf: "/nowhere.h5")
    }
  }
}
