import Datasets
import Foundation
import Images
import TensorCore
import Testing

@Suite struct TissueTests {
  private static func options(size: Int = 60, seed: UInt32 = 1, count: Int = 2) -> Tissue.Options {
    var options = Tissue.Options()
    (options.size, options.seed, options.count) = (size, seed, count)
    return options
  }

  /// The mean optical density of an image over its pixels and channels.
  private static func density(_ image: PixelImage) -> Double {
    image.samples.reduce(0) { $0 - log10(max(Double($1), 1) / 255) } / Double(image.samples.count)
  }

  @Test(arguments: TissueClass.allCases)
  func tilesAreReproducibleAndDiffer(_ kind: TissueClass) throws {
    let first = try TissueTile(kind, index: 3, Self.options())
    let again = try TissueTile(kind, index: 3, Self.options(count: 9))
    #expect(first.image == again.image)
    #expect(first.mask == again.mask)
    #expect(first.image != (try TissueTile(kind, index: 4, Self.options()).image))
    #expect(first.image != (try TissueTile(kind, index: 3, Self.options(seed: 2)).image))
    #expect(first.image.channels == 3 && first.mask.channels == 1)
    #expect(first.image.height == 60 && first.mask.width == 60)
  }

  @Test(arguments: TissueClass.allCases)
  func masksHoldWhatDefinesTheClass(_ kind: TissueClass) throws {
    for index in 0..<8 {
      let mask = try TissueTile(kind, index: index, Self.options()).mask
      #expect(mask.samples.allSatisfy { $0 == 0 || $0 == 255 })
      let share = Double(mask.samples.count { $0 == 255 }) / Double(mask.samples.count)
      if kind == .empty { #expect(share == 0) } else { #expect(share > 0.01 && share < 1) }
    }
  }

  @Test func maskedNucleiAreDarkerThanWhatSurroundsThem() throws {
    for kind in [TissueClass.tumor, .complex, .lymphocytes] {
      for index in 0..<4 {
        let tile = try TissueTile(kind, index: index, Self.options(size: 150))
        // The red channel: haematoxylin takes nine times as much of it as eosin.
        let reds = tile.mask.samples.indices.map {
          (tile.mask.samples[$0], Double(tile.image.samples[3 * $0]))
        }
        let (inside, outside) = (reds.filter { $0.0 == 255 }, reds.filter { $0.0 == 0 })
        let mean = { (part: [(UInt8, Double)]) in part.map(\.1).reduce(0, +) / Double(part.count) }
        #expect(mean(inside) < 0.75 * mean(outside))
      }
    }
  }

  @Test func lymphocytesAreDenserThanStromaAndStromaThanGlass() throws {
    let means = try [TissueClass.lymphocytes, .stroma, .empty].map { kind in
      try (0..<10).map { try Self.density(TissueTile(kind, index: $0, Self.options()).image) }.reduce(0, +)
        / 10
    }
    #expect(means[0] > 1.15 * means[1])
    #expect(means[1] > 3 * means[2])
    // Glass: 238 to 247 of 255.
    #expect(means[2] > 0.01 && means[2] < 0.035)
  }

  @Test func anotherSizeShowsTheSameStructures() throws {
    // Averaged over cells of a twelfth, tiles of two sizes agree but for edges and noise.
    for kind in [TissueClass.stroma, .mucosa, .adipose] {
      let cells = try [60, 120].map { size in
        let mask = try TissueTile(kind, index: 0, Self.options(size: size)).mask
        let side = size / 12
        return (0..<144).map { cell in
          (0..<(side * side)).map { pixel in
            let row = cell / 12 * side + pixel / side
            return Double(mask.samples[row * size + cell % 12 * side + pixel % side])
          }.reduce(0, +) / Double(255 * side * side)
        }
      }
      let difference = zip(cells[0], cells[1]).map { abs($0 - $1) }.reduce(0, +) / 144
      #expect(difference < 0.06)
    }
  }

  @Test func aFolderOfTilesIsAFolderOfClasses() throws {
    let folder = try TemporaryFolder()
    let (tiles, masks) = ("\(folder.path)/tiles", "\(folder.path)/tiles-masks")
    let before = Threads.count
    defer { Threads.count = before }
    Threads.count = 3
    try Tissue(Self.options(size: 24)).write(to: tiles, masks: masks)
    let found = try ImageFolder(contentsOf: tiles)
    #expect(found.classNames == TissueClass.allCases.map(\.folderName))
    #expect(found.items.count == 16)
    for item in found.items {
      let (kind, index) = (
        try #require(item.label), try #require(item.path.last { $0.isNumber }?.wholeNumberValue)
      )
      let tile = try TissueTile(
        try #require(TissueClass(rawValue: kind)), index: index, Self.options(size: 24))
      #expect(try PixelImage(contentsOf: item.path) == tile.image)
      #expect(try PixelImage(contentsOf: "\(masks)/\(item.relativePath)") == tile.mask)
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: item.path)).range(of: Data(Tissue.notice.utf8)) != nil)
    }
    for root in [tiles, masks] {
      #expect(try String(contentsOfFile: "\(root)/README.txt", encoding: .utf8).hasPrefix(Tissue.notice))
    }
  }

  @Test(arguments: [("count", 0), ("count", 100_001), ("size", 15), ("size", 2049)])
  func valuesOutOfRangeAreRefused(_ name: String, _ value: Int) {
    var options = Tissue.Options()
    if name == "count" { options.count = value } else { options.size = value }
    #expect {
      _ = try TissueTile(.tumor, index: 0, options)
    } throws: { error in
      guard case DatasetError.option(name, _, "\(value)") = error else { return false }
      return true
    }
  }
}
