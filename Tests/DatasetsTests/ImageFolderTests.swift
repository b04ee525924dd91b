import Datasets
import Foundation
import Testing

@Suite struct ImageFolderTests {
  @Test func subfoldersAreClassesInTheOrderOfTheirNames() throws {
    let folder = try TemporaryFolder()
    for name in [
      "b/2.png", "b/10.png", "a/x.TIF", "a/y.jpeg", "a/notes.txt", "a/.hidden.png", ".cache/z.png", "B/1.jpg",
      "readme.txt",
    ] { _ = try folder.write(to: name) }
    try FileManager.default.createDirectory(
      atPath: folder.path + "/aa-empty", withIntermediateDirectories: true)

    let found = try ImageFolder(contentsOf: folder.path)
    #expect(found.classNames == ["B", "a", "aa-empty", "b"])
    #expect(found.items.map(\.relativePath) == ["B/1.jpg", "a/x.TIF", "a/y.jpeg", "b/10.png", "b/2.png"])
    #expect(found.items.map(\.label) == [0, 1, 1, 3, 3])
    #expect(found.items[0].path == folder.path + "/B/1.jpg")
  }

  @Test func aFolderOfImagesHasNoLabels() throws {
    let folder = try TemporaryFolder()
    for name in ["2.png", "1.tiff", "notes.txt"] { _ = try folder.write(to: name) }
    let found = try ImageFolder(contentsOf: folder.path + "/")
    #expect(found.classNames == [])
    #expect(found.items.map(\.relativePath) == ["1.tiff", "2.png"])
    #expect(found.items.map(\.label) == [nil, nil])
    #expect(found.items[0].path == folder.path + "/1.tiff")
  }

  @Test func foldersWithoutImagesOrWithBothAreRefused() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(to: "class/notes.txt")
    #expect(throws: DatasetError.folder(.noImages, path: folder.path)) {
      try ImageFolder(contentsOf: folder.path)
    }
    _ = try folder.write(to: "stray.png")
    #expect(throws: DatasetError.folder(.mixed(image: "stray.png", folder: "class"), path: folder.path)) {
      try ImageFolder(contentsOf: folder.path)
    }
  }

  @Test func whatIsNoFolderIsRefused() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(to: "a.png")
    #expect(throws: DatasetError.folder(.unreadable("it is no folder"), path: file)) {
      try ImageFolder(contentsOf: file)
    }
    let missing = folder.path + "/none"
    #expect(throws: DatasetError.folder(.unreadable("No such file or directory"), path: missing)) {
      try ImageFolder(contentsOf: missing)
    }
  }

  @Test func theTissueTilesAreFound() throws {
    guard let path = Reference.path("hmt", for: "a real folder of classes") else { return }
    let found = try ImageFolder(contentsOf: path)
    #expect(found.classNames.count == 8)
    #expect(found.classNames[2] == "03_COMPLEX")
    #expect(found.items.count == 160)
    #expect(found.items.filter { $0.label == 7 }.count == 20)
  }
}
