import Foundation
import Images
import Testing

/// Real tissue tiles, beside the pixels that Pillow gave the reference model.
@Suite struct ReferenceTilesTests {
  /// The tiles of `golden/hmt_course_maps.npz`, in its order.
  static let tiles = [
    "01_TUMOR/13859_CRC-Prim-HE-04_033.tif_Row_601_Col_1.tif",
    "04_LYMPHO/D948_CRC-Prim-HE-09_006.tif_Row_1_Col_151.tif",
    "06_MUCOSA/14177_CRC-Prim-HE-06_032.tif_Row_151_Col_901.tif",
  ]

  /// The folder of reference material; `nil`, with a line that says so, where it is not there.
  static func reference(for test: String) -> URL? {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder =
      ProcessInfo.processInfo.environment["LENS_REFERENCE"].map { URL(fileURLWithPath: $0) }
      ?? package.appending(path: "../shared/reference")
    if FileManager.default.fileExists(atPath: folder.path) { return folder }
    print("skipped \(test): no reference material at \(folder.path)")
    return nil
  }

  @Test func decodedAndResizedTilesEqualTheReference() throws {
    guard let reference = Self.reference(for: "the pixels of three reference tiles") else { return }
    let stored = try StoredArrays(contentsOf: reference.appending(path: "golden/hmt_course_maps.npz"))
    let tiles = try Self.tiles.map {
      try PixelImage(contentsOf: reference.appending(path: "hmt/\($0)").path)
    }
    #expect(tiles.allSatisfy { $0.height == 150 && $0.width == 150 && $0.channels == 3 })
    #expect(try tiles.flatMap(\.samples) == stored.bytes("rgb150"))
    let resized = tiles.map { $0.resized(height: 224, width: 224) }
    #expect(try resized.flatMap(\.samples) == stored.bytes("x224"))
  }

  @Test func everyTileIsRead() throws {
    guard let reference = Self.reference(for: "the reading of all reference tiles") else { return }
    let folder = reference.appending(path: "hmt")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?
      .compactMap { $0 as? URL }.filter { $0.pathExtension == "tif" }
    #expect(files?.count == 160)
    for file in files ?? [] {
      let image = try PixelImage(contentsOf: file.path)
      #expect(image.height == 150 && image.width == 150 && image.channels == 3)
    }
  }
}
