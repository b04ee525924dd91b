import Datasets
import Foundation
import Images
import TensorCore
import Testing

@Suite struct InputSetTests {
  private let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("inputs-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func table(_ text: String, _ name: String) throws -> String {
    try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    return "\(folder)/\(name)"
  }

  @Test func rowsAreNamedByKeyAndNumber() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = try table("a,b,label\n1,2,0\n3,4,1\n5,6,1\n", "beats.csv")
    var options = InputOptions(items: try ItemSelection(parsing: "2,0"))
    options.table = TableOptions(labelColumn: .init(parsing: "label"))
    let inputs = try InputSet([file], for: [1, 2, 1], options: options)
    #expect(inputs.items.map(\.name) == ["beats-2", "beats-0"])
    #expect(inputs.items.map(\.label) == [1, 0])
    #expect(try inputs.load(0).input == Tensor([1, 2, 1], [5, 6]))
  }

  @Test func noTwoItemsShareAName() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = try table("1,2\n", "a.csv")
    #expect(try InputSet([file, file], for: [1, 2, 1]).items.map(\.name) == ["a-0", "a-0-2"])
  }

  @Test func imagesOfAFolderKeepTheirClass() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, level) in [("dark", UInt8(51)), ("light", 255)] {
      try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
      let image = PixelImage(height: 2, width: 3, channels: 1, samples: Array(repeating: level, count: 6))
      try image.writePNG(to: "\(folder)/\(name)/tile.png")
    }
    let inputs = try InputSet([folder], for: [1, 4, 4, 3])
    #expect(inputs.classNames == ["dark", "light"])
    #expect(inputs.items.map(\.name) == ["dark/tile", "light/tile"])
    #expect(inputs.items.map(\.label) == [0, 1])
    let dark = try inputs.load(0)
    #expect(dark.input == Tensor([1, 4, 4, 3], repeating: 0.2))
    #expect(dark.picture?.shape == [1, 4, 4, 3])
  }

  /// A row [1, 2, 3 | 4, 5, 6] of two channels with three cells each: cell by cell (1, 4), (2, 5), (3, 6).
  @Test func channelsThatComeFirstAreMovedBehind() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let row = try NPYArray.write([1, 2, 3, 4, 5, 6], shape: [1, 2, 3], to: "\(folder)/first.npy")
    var options = InputOptions()
    options.expectsChannelsFirst = true
    let moved = try InputSet([row], for: [1, 3, 2], options: options)
    #expect(try moved.load(0).input == Tensor([1, 3, 2], [1, 4, 2, 5, 3, 6]))
    // An array that fits only with its channels last is taken as it is.
    let last = try NPYArray.write([1, 2, 3, 4, 5, 6], shape: [1, 3, 2], to: "\(folder)/last.npy")
    let kept = try InputSet([last], for: [1, 3, 2], options: options)
    #expect(try kept.load(0).input == Tensor([1, 3, 2], [1, 2, 3, 4, 5, 6]))
    #expect(throws: InputError.self) { try InputSet([row], for: [1, 3, 2]) }
  }
}
