import HDF5Files
import Testing

@Suite struct HDF5LinkTests {
  @Test(arguments: ["hard", "soft", "soft-to-group/contiguous", "self/self/soft", "inner/up/inner/up/hard"])
  func followsLinksInsideTheFile(path: String) throws {
    let dataset = try Fixtures.open("links.h5").root.dataset("links/\(path)")
    #expect(try dataset.floats() == (0..<24).map { Float($0) })
  }

  @Test func followsRelativeSoftLinks() throws {
    #expect(try Fixtures.open("links.h5").root.dataset("links/relative").floats() == [4])
  }

  @Test(arguments: ["dangling", "endless-a", "soft-to-external"])
  func refusesLinksThatLeadNowhere(name: String) throws {
    let root = try Fixtures.open("links.h5").root
    #expect(throws: HDF5Error.brokenLink(file: Fixtures.path("links.h5"), path: "/links/\(name)")) {
      try root.dataset("links/\(name)")
    }
  }

  @Test(arguments: ["links/external", "links/external/model_weights"])
  func refusesLinksIntoOtherFiles(path: String) throws {
    // The target exists and could be opened: it lies beside this file.
    let root = try Fixtures.open("links.h5").root
    #expect(
      throws: HDF5Error.outsideFile(
        file: Fixtures.path("links.h5"), path: "/links/external", found: "a link into another file")
    ) { try root.group(path) }
  }

  @Test(arguments: [("raw", "data kept in another file"), ("virtual", "a view of data in other files")])
  func refusesDataInOtherFiles(name: String, found: String) throws {
    let root = try Fixtures.open("outside.h5").root
    #expect(
      throws: HDF5Error.outsideFile(file: Fixtures.path("outside.h5"), path: "/\(name)", found: found)
    ) { try root.dataset(name) }
    #expect(throws: HDF5Error.self) { try root.datasets() }
  }

  @Test func listsLinksButSearchesOnlyHardOnesOnce() throws {
    let root = try Fixtures.open("links.h5").root
    let names = try root.group("links").names()
    #expect(names.contains("dangling"))
    #expect(names.contains("external"))
    #expect(names.contains("soft"))
    // A circle of groups, and a ladder with 2^30 ways down: every group is entered once, by its first way in.
    let paths = try root.datasets().map(\.path)
    #expect(paths.count == 4)
    #expect(paths.contains("/links/hard"))
    #expect(paths.contains("/links/inner/leaf"))
    #expect(paths.contains("/storage/contiguous"))
    #expect(paths.count { $0.hasPrefix("/links/ladder/") && $0.hasSuffix("/bottom") } == 1)
    #expect(try root.datasets().map(\.path) == paths)
  }

  @Test func doesNotSearchWithoutEnd() throws {
    try Fixtures.withFolder { folder in
      let path = folder.appendingPathComponent("deep.h5").path
      for (depth, isSearched) in [(256, true), (257, false)] {
        let place = [String](repeating: "g", count: depth).joined(separator: "/")
        try HDF5File.write(to: path) { try $0.write([1], shape: [1], to: place + "/x") }
        let root = try HDF5File(reading: path).root
        #expect(try root.dataset(place + "/x").doubles() == [1])
        guard !isSearched else {
          #expect(try root.datasets().count == 1)
          continue
        }
        let deepest = "/" + [String](repeating: "g", count: 256).joined(separator: "/")
        #expect(
          throws: HDF5Error.damaged(
            file: path, path: deepest, reason: "groups are nested deeper than 256")
        ) { try root.datasets() }
      }
    }
  }
}
