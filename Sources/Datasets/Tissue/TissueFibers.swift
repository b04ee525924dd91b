import Foundation
import TensorCore

/// Bundles of wavy fibres that run through a whole tile, with clefts between them.
struct TissueFibers: Sendable {
  /// The direction of the fibres in radians.
  let angle: Double
  /// How far a fibre leaves the straight line, in units.
  let amplitude: Double
  /// The length of a wave along the fibres, in units.
  let wavelength: Double
  /// The distance of fibres, in units.
  let spacing: Double
  /// The dyes of a fibre.
  let stain: TissueStain
  /// The share of the field below which bundles part, 0 for no clefts; 0.35 leaves a tenth of a tile open.
  let clefts: Double
  private let bends: TissueNoise
  private let streaks: TissueNoise
  private let gaps: TissueNoise

  /// Creates bundles; draws the words of three fields from the stream.
  init(
    angle: Double, amplitude: Double, wavelength: Double = 70, spacing: Double = 3.5, stain: TissueStain,
    clefts: Double, _ random: inout NumPyLegacyRandom
  ) {
    self.angle = angle
    self.amplitude = amplitude
    self.wavelength = wavelength
    self.spacing = spacing
    self.stain = stain
    self.clefts = clefts
    bends = TissueNoise(random.nextWord())
    streaks = TissueNoise(random.nextWord())
    gaps = TissueNoise(random.nextWord())
  }

  /// Draws the bundles over the whole tile.
  func draw(on canvas: inout TissueCanvas, _ marking: TissueCanvas.Marking) {
    canvas.draw(marking) { x, y in
      let (along, across) = place(x, y)
      let streak = streaks.fractal(along / (11 * spacing), across / spacing, octaves: 3)
      let bundle = streaks.value(along / 90 + 40, across / (5 * spacing))
      let fine = streaks.value(along / (4 * spacing) - 70, 2.4 * across / spacing)
      let strength = 0.1 + 0.9 * streak + 0.45 * bundle + 0.35 * fine
      return (openness(along, across), stain.scaled(by: strength))
    }
  }

  /// Whether a place lies in a bundle and not in a cleft.
  func isTissue(_ x: Double, _ y: Double) -> Bool {
    let (along, across) = place(x, y)
    return openness(along, across) > 0.5
  }

  /// The direction of the fibres at a place, in radians.
  func direction(_ x: Double, _ y: Double) -> Double {
    let (dx, dy) = (cos(angle), sin(angle))
    let slope = (shift(x + 2 * dx, y + 2 * dy) - shift(x - 2 * dx, y - 2 * dy)) / 4
    return angle - atan(slope)
  }

  /// The share of tissue at a place in the fibres' own coordinates.
  private func openness(_ along: Double, _ across: Double) -> Double {
    guard clefts > 0 else { return 1 }
    let field = gaps.fractal(along / 55, across / 14, octaves: 3)
    return min(max(0.5 + (field - clefts) / 0.04, 0), 1)
  }

  /// A place as the distances along and across the fibres.
  private func place(_ x: Double, _ y: Double) -> (along: Double, across: Double) {
    let along = x * cos(angle) + y * sin(angle)
    return (along, y * cos(angle) - x * sin(angle) + shift(x, y))
  }

  /// How far the fibre at a place has left the straight line.
  private func shift(_ x: Double, _ y: Double) -> Double {
    2 * amplitude * (bends.fractal(x / wavelength, y / wavelength, octaves: 2) - 0.5)
  }
}
