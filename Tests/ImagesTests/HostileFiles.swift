import Foundation
import Images

/// Files that are cut, changed or made up, the same ones in every run.
enum HostileFiles {
  /// A few images of each format, small enough to be decoded thousands of times.
  static let originals: [ImageFormat: [String]] = [
    .png: [
      "rgb-8-filtered.png", "palette-4-alpha-interlaced.png", "grey-16.png", "grey-1-interlaced.png",
      "rgb-8-chunks.png", "rgb-8-transparent.png",
    ],
    .tiff: [
      "rgb-packbits.tif", "rgb-lzw-predictor.tif", "grey-adobe_deflate.tif", "rgb-jpeg.tif", "rgb-raw.tif",
      "rgb-tiles-planar.tif", "palette-4.tif", "white-is-zero-1.tif", "rgb-16-big-endian-planar-tiles.tif",
      "rgb-bigtiff.tif", "rgb-premultiplied.tif", "cmyk.tif",
    ],
    .jpeg: [
      "420.jpg", "420-progressive.jpg", "grey.jpg", "grey-progressive.jpg", "ycck.jpg", "restarts.jpg",
    ],
  ]

  /// Changes one to eight bytes of each original, `count` times per format.
  static func mutations(of format: ImageFormat, count: Int) throws -> [[UInt8]] {
    var random = Congruential(state: 2024)
    let files = try (originals[format] ?? []).map { try Expected.picture($0).bytes() }
    return (0..<count).map { index in
      var file = files[index % files.count]
      for _ in 0..<(1 + random.next(below: 8)) {
        // Half of all changes hit the header and the directory of small files, where they do most harm.
        let reach = random.next(below: 2) == 0 ? min(file.count, 256) : file.count
        let place =
          random.next(below: 4) == 0 ? file.count - 1 - random.next(below: reach) : random.next(below: reach)
        file[place] = random.next(below: 3) == 0 ? 255 : UInt8(random.next(below: 256))
      }
      // Otherwise hardly a change would get past the checksums.
      return format == .png && index % 3 != 0 ? HandmadePNG.withRightChecksums(file) : file
    }
  }

  /// Decodes all files; what they give does not matter, only that they give an image or an error.
  static func decode(_ files: [[UInt8]]) -> (images: Int, errors: Int) {
    var result = (images: 0, errors: 0)
    for file in files {
      do {
        _ = try PixelImage(file: file, named: "hostile")
        result.images += 1
      } catch {
        result.errors += 1
      }
    }
    return result
  }
}

/// Knuth's linear congruential generator: enough to scatter changes, and the same everywhere.
struct Congruential {
  var state: UInt64

  mutating func next(below bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }
}
