import HDF5Files
import Testing

@Suite struct HDF5GroupTests {
  @Test func listsChildrenSorted() throws {
    let root = try Fixtures.open("keras.h5").root
    #expect(root.path == "/")
    #expect(try root.names() == ["model_weights"])
    #expect(try root.group("model_weights").names() == ["conv1d", "dense", "flatten"])
    #expect(try root.group("model_weights/flatten").names() == [])
  }

  @Test func namesSortByTheirBytesWhateverTheOrderOfCreation() throws {
    let names = try Fixtures.open("newest.h5").root.group("many").names()
    #expect(names == (0..<12).map { $0 < 10 ? "d0\($0)" : "d\($0)" })
  }

  @Test func findsDataSetsAtAnyDepth() throws {
    let datasets = try Fixtures.open("keras.h5").root.group("model_weights").datasets()
    #expect(
      datasets.map(\.path) == [
        "/model_weights/conv1d/conv1d/bias:0", "/model_weights/conv1d/conv1d/kernel:0",
        "/model_weights/dense/dense/kernel:0",
      ])
    #expect(datasets.map(\.shape) == [[2], [3, 1, 2], [4, 2]])
    #expect(try datasets[1].floats() == [0, 1, 2, 3, 4, 5])
  }

  @Test(arguments: [
    "model_weights/conv1d", "/model_weights/conv1d/", "./model_weights//conv1d", "model_weights/./conv1d",
  ])
  func pathsAreRelativeAndTolerant(path: String) throws {
    let group = try Fixtures.open("keras.h5").root.group(path)
    #expect(group.path == "/model_weights/conv1d")
    #expect(try group.group("").path == "/model_weights/conv1d")
    #expect(try group.dataset("conv1d/bias:0").floats() == [0, 1])
  }

  @Test func knowsWhatItContains() throws {
    let root = try Fixtures.open("keras.h5").root
    #expect(root.contains("model_weights"))
    #expect(root.contains("model_weights/dense/dense/kernel:0"))
    #expect(!root.contains("model_weight"))
    #expect(!root.contains("model_weights/dense/kernel:0"))
    #expect(!root.contains("model_weights/dense/dense/kernel:0/more"))
    #expect(!root.contains("model_weights\0"))
    #expect(root.contains(""))
    let links = try Fixtures.open("links.h5").root.group("links")
    #expect(links.contains("dangling"))
    #expect(links.contains("external"))
    #expect(!links.contains("external/model_weights"))
  }

  @Test(arguments: ["nothing", "model_weights/nothing", "model_weights/conv1d/..", "model_weights\0/conv1d"])
  func missesWhatIsNotThere(path: String) throws {
    let root = try Fixtures.open("keras.h5").root
    #expect { try root.group(path) } throws: { error in
      guard case HDF5Error.missingObject(_, let place, let available) = error else { return false }
      return place == "/" + path.replacing("\0/conv1d", with: "\0") && !available.isEmpty
    }
  }

  @Test func saysWhatIsThereInstead() throws {
    let root = try Fixtures.open("keras.h5").root
    #expect(
      throws: HDF5Error.missingObject(
        file: Fixtures.path("keras.h5"), path: "/model_weights/conv2d",
        available: ["conv1d", "dense", "flatten"])
    ) { try root.dataset("model_weights/conv2d") }
  }

  @Test func tellsGroupsFromDataSets() throws {
    let file = Fixtures.path("keras.h5")
    let root = try Fixtures.open("keras.h5").root
    let place = "/model_weights/dense/dense/kernel:0"
    let error = HDF5Error.wrongObject(file: file, path: place, expected: "group", found: "data set")
    #expect(throws: error) { try root.group("model_weights/dense/dense/kernel:0") }
    #expect(throws: error) { try root.group("model_weights/dense/dense/kernel:0/deeper") }
    #expect(
      throws: HDF5Error.wrongObject(
        file: file, path: "/model_weights", expected: "data set", found: "group")
    ) { try root.dataset("model_weights") }
    #expect(
      throws: HDF5Error.wrongObject(
        file: Fixtures.path("other.h5"), path: "/other/named-type", expected: "data set", found: "named type")
    ) { try Fixtures.open("other.h5").root.dataset("other/named-type") }
  }
}
