import Foundation

/// A smooth random field over the plane: random values at the points of a lattice, and smooth curves between them.
///
/// Between neighbours a value goes along `s = u^2 (3 - 2 u)`. The field has no period and needs no memory: the value of a lattice point is a
/// hash of its coordinates and of a word of the random stream.
struct TissueNoise: Sendable {
  private let word: UInt32

  /// Creates a field from a word of the stream.
  init(_ word: UInt32) { self.word = word }

  /// The value at a place, 0 to 1, for a lattice of spacing 1.
  func value(_ x: Double, _ y: Double) -> Double {
    let (column, row) = (x.rounded(.down), y.rounded(.down))
    let (u, v) = (Self.smooth(x - column), Self.smooth(y - row))
    let (i, j) = (Int(column), Int(row))
    let top = point(i, j) + u * (point(i + 1, j) - point(i, j))
    let bottom = point(i, j + 1) + u * (point(i + 1, j + 1) - point(i, j + 1))
    return top + v * (bottom - top)
  }

  /// The value of several fields of spacing 1, 1/2, 1/4, ..., each half as strong as the one before: 0 to 1.
  func fractal(_ x: Double, _ y: Double, octaves: Int) -> Double {
    var (sum, strength, total, frequency) = (0.0, 1.0, 0.0, 1.0)
    for octave in 0..<octaves {
      // Lattices that do not coincide, so that their points do not show.
      let offset = 17.3 * Double(octave)
      sum += strength * value(frequency * x + offset, frequency * y - offset)
      total += strength
      strength /= 2
      frequency *= 2
    }
    return sum / total
  }

  /// A curve from 0 to 1 that is flat at both ends.
  static func smooth(_ share: Double) -> Double {
    let inside = min(max(share, 0), 1)
    return inside * inside * (3 - 2 * inside)
  }

  private func point(_ column: Int, _ row: Int) -> Double {
    var hash = word ^ (UInt32(truncatingIfNeeded: column) &* 0x9e37_79b1)
    hash = (hash ^ (hash >> 15)) &* 0x85eb_ca77
    hash ^= UInt32(truncatingIfNeeded: row) &* 0xc2b2_ae3d
    hash = (hash ^ (hash >> 13)) &* 0x27d4_eb2f
    return Double(hash ^ (hash >> 16)) / 4_294_967_296
  }
}
