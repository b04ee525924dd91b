import Foundation
import Images
import TensorCore

/// A section on which structures are drawn as amounts of dye, with the mask of what defines its class.
///
/// Lengths are in units of which 150 make a tile, whatever its size in pixels; one of them is about half a micrometre, as in tiles of
/// 150 pixels scanned at 20 times.
struct TissueCanvas: Sendable {
  /// The width and height of a tile in units.
  static let extent = 150.0

  /// The number of pixels of a side.
  let size: Int
  /// The dyes of every pixel, row after row.
  private(set) var stains: [TissueStain]
  /// 1 per pixel that belongs to a structure that defines the class, else 0.
  private(set) var mask: [UInt8]
  /// The length of a pixel in units.
  let step: Double

  /// Creates a section without tissue.
  init(size: Int) {
    self.size = size
    step = Self.extent / Double(size)
    stains = Array(repeating: TissueStain(hematoxylin: 0, eosin: 0), count: size * size)
    mask = Array(repeating: 0, count: size * size)
  }

  /// What a structure does to the mask.
  enum Marking {
    /// It defines the class.
    case marks
    /// It lies over what defines the class, and does not itself.
    case clears
    /// It leaves the mask as it is.
    case leaves
  }

  /// Draws what covers a box.
  ///
  /// - Parameters:
  ///   - x: The box in units; what lies outside the tile is left out.
  ///   - y: The box in units.
  ///   - marking: What happens to the mask where more than half is covered.
  ///   - paint: Gets a place and gives the share that is covered there, 0 to 1, and the dyes of what covers it.
  mutating func draw(
    x: ClosedRange<Double> = 0...extent, y: ClosedRange<Double> = 0...extent, _ marking: Marking,
    _ paint: (Double, Double) -> (cover: Double, stain: TissueStain)
  ) {
    for row in pixels(y) {
      for column in pixels(x) {
        let (cover, stain) = paint((Double(column) + 0.5) * step, (Double(row) + 0.5) * step)
        guard cover > 0 else { continue }
        let index = row * size + column
        stains[index] = stains[index].mixed(with: stain, share: min(cover, 1))
        guard cover > 0.5 else { continue }
        switch marking {
        case .marks: mask[index] = 1
        case .clears: mask[index] = 0
        case .leaves: break
        }
      }
    }
  }

  /// The dyes at a place; the nearest pixel of the tile outside of it.
  func stain(atX x: Double, y: Double) -> TissueStain {
    let column = min(max(Int(x / step), 0), size - 1)
    let row = min(max(Int(y / step), 0), size - 1)
    return stains[row * size + column]
  }

  /// The share that something covers at a distance beyond its edge, in units, by pixels of a length `step`: 1 inside, 0 from `softness` on.
  static func cover(beyond distance: Double, softness: Double = 0.8, step: Double) -> Double {
    let edge = max(softness, 0.6 * step)
    return min(max(0.5 - distance / (2 * edge), 0), 1)
  }

  private func pixels(_ range: ClosedRange<Double>) -> Range<Int> {
    let first = min(max(Int((range.lowerBound / step).rounded(.down)), 0), size)
    let end = min(max(Int((range.upperBound / step).rounded(.up)), 0), size)
    return first..<max(first, end)
  }
}

extension TissueCanvas {
  /// The section as a camera sees it.
  ///
  /// - Parameters:
  ///   - hematoxylin: How strongly the section was stained with haematoxylin; 1 is usual.
  ///   - eosin: How strongly it was stained with eosin.
  ///   - white: The intensity of every channel where there is no tissue, 0 to 255.
  ///   - noise: The deviation of the camera's noise, in intensities.
  ///   - random: The stream of the tile.
  /// - Returns: An RGB image.
  func image(
    hematoxylin: Double, eosin: Double, white: Double, noise: Double, _ random: inout NumPyLegacyRandom
  ) -> PixelImage {
    var samples: [UInt8] = []
    samples.reserveCapacity(3 * size * size)
    let grain = TissueNoise(random.nextWord())
    for (index, stain) in softened.enumerated() {
      let (x, y) = (step * Double(index % size), step * Double(index / size))
      // Sections are not equally thick everywhere, and dyes settle in grains.
      let thickness =
        0.62 + 0.5 * grain.fractal(x / 2.2, y / 2.2, octaves: 2) + 0.26 * grain.value(x / 35, y / 35)
      let scaled = TissueStain(
        hematoxylin: hematoxylin * thickness * stain.hematoxylin, eosin: eosin * thickness * stain.eosin)
      for intensity in scaled.intensities(white: white) {
        let seen = intensity + noise * random.standardNormal()
        samples.append(UInt8(min(max(seen.rounded(), 0), 255)))
      }
    }
    return PixelImage(height: size, width: size, channels: 3, samples: samples)
  }

  /// The mask as a grey image: 255 where a structure defines the class.
  var maskImage: PixelImage {
    PixelImage(height: size, width: size, channels: 1, samples: mask.map { $0 == 0 ? 0 : 255 })
  }

  /// The dyes as a lens of finite sharpness sees them: weights 1, 2, 1 over 4 along both axes, ends repeated.
  private var softened: [TissueStain] {
    func smooth(_ stains: [TissueStain], _ neighbor: (Int, Int) -> Int) -> [TissueStain] {
      stains.indices.map { index in
        let (before, after) = (stains[neighbor(index, -1)], stains[neighbor(index, 1)])
        return stains[index].mixed(with: before.mixed(with: after, share: 0.5), share: 0.5)
      }
    }
    let rows = smooth(stains) { index, offset in
      let column = index % size
      return index - column + min(max(column + offset, 0), size - 1)
    }
    return smooth(rows) { index, offset in
      min(max(index / size + offset, 0), size - 1) * size + index % size
    }
  }
}
