import Datasets
import Foundation
import Images
import TensorCore
import TestSupport
import Testing

/// Extents that a model leaves open, and channels of another number than it takes.
@Suite struct OpenShapeTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func image(height: Int, width: Int, _ colour: [UInt8]) throws -> String {
    let samples = (0..<(height * width)).flatMap { _ in colour }
    let image = PixelImage(height: height, width: width, channels: colour.count, samples: samples)
    try image.writePNG(to: "\(folder.path)/tile.png")
    return "\(folder.path)/tile.png"
  }

  private func shape(_ path: String, _ extents: [Int?], key: String? = nil) throws -> [Int] {
    try InputSet.shapeOfFirstItem([path], completing: extents, options: InputOptions(key: key))
  }

  @Test func imagesGiveTheirExtents() throws {
    let path = try image(height: 5, width: 7, [9])
    #expect(try shape(path, [nil, nil, 3]) == [5, 7, 3])
    #expect(try shape(path, [nil, nil, 1]) == [5, 7, 1])
    #expect(try shape(path, [nil, 4, nil]) == [5, 4, 3])
    #expect(try shape(path, []) == [5, 7, 3])
    #expect(throws: InputError.openShape(path: path, extents: [nil, 1], found: [])) {
      try shape(path, [nil, 1])
    }
  }

  @Test func foldersGiveTheExtentsOfTheirFirstImage() throws {
    _ = try image(height: 5, width: 7, [9])
    #expect(try shape(folder.path, [nil, nil, 3]) == [5, 7, 3])
  }

  @Test func arraysGiveThoseOfTheirItems() throws {
    let signals = try folder.write(Array("1,2,3\n4,5,6\n".utf8), to: "signals.csv")
    #expect(try shape(signals, [nil, 1]) == [3, 1])
    #expect(try shape(signals, []) == [3])
    let said = sentence { _ = try shape(signals, [nil, nil, 3]) }
    #expect(
      said
        == "the model takes items of ?x?x3, and '\(signals)' does not say which extents to take (found 'signals' (2x3 float64)); "
        + "choose an array with --key, or give --input-shape")
  }

  @Test func aFileThatIsNotThere() {
    #expect(throws: InputError.missing(path: "no-such.png")) { try shape("no-such.png", [nil, nil, 3]) }
  }

  @Test func greyImagesAreRepeatedAndColourBecomesLuminance() throws {
    let grey = try InputSet([try image(height: 2, width: 2, [51])], for: [1, 2, 2, 3]).load(0).input
    #expect(grey == Tensor([1, 2, 2, 3], repeating: 0.2))
    // (19595 * 200 + 38470 * 100 + 7471 * 50 + 32768) / 65536 = 124.2
    let colour = try InputSet([try image(height: 2, width: 2, [200, 100, 50])], for: [1, 2, 2, 1]).load(0)
      .input
    #expect(colour == Tensor([1, 2, 2, 1], repeating: 124 / 255))
  }

  @Test func arraysOfImagesGetTheChannelsOfTheModel() throws {
    // Two items of 1x2 pixels without a channel axis.
    let grey = try NPYArray.write([1, 2, 3, 4], shape: [2, 1, 2], to: "\(folder.path)/grey.npy")
    let repeated = try InputSet([grey], for: [1, 1, 2, 3])
    #expect(repeated.items.count == 2)
    #expect(try repeated.load(1).input == Tensor([1, 1, 2, 3], [3, 3, 3, 4, 4, 4]))
    let colour = try NPYArray.write(
      [10, 20, 30, 1, 0, 0], shape: [1, 1, 2, 3], to: "\(folder.path)/colour.npy")
    let found = try InputSet([colour], for: [1, 1, 2, 1]).load(0).input.values
    // 0.299 R + 0.587 G + 0.114 B
    for (ours, byHand) in zip(found, [18.15, 0.299] as [Float]) { #expect(abs(ours - byHand) < 1e-5) }
    #expect(found.count == 2)
  }
}
