import Foundation
import TensorCore

/// A cell's nucleus: an ellipse with a wavy edge, a dark rim, mottled chromatin and sometimes nucleoli.
struct TissueNucleus: Sendable {
  /// The centre, in units.
  var x: Double
  /// The centre, in units.
  var y: Double
  /// Half the length along the long axis, in units.
  var length: Double
  /// Half the width, in units.
  var width: Double
  /// The direction of the long axis in radians.
  var angle = 0.0
  /// How much the edge departs from the ellipse, as a share of the radius.
  var waviness = 0.06
  /// The haematoxylin inside.
  var darkness = 0.8
  /// How much the chromatin varies, as a share of the darkness; coarse in tumours, hardly any in lymphocytes.
  var mottling = 0.35
  /// How much darker the rim is, as a share of the darkness.
  var rim = 0.25
  /// How many nucleoli there are.
  var nucleoli = 0

  /// Draws the nucleus.
  ///
  /// The edge lies at `r(phi) = 1 + w (cos(2 phi + a) + cos(3 phi + b) + cos(5 phi + c) / 2)` in units of the ellipse's radii, `w` being
  /// the waviness; the chromatin is a fractal field of spots of two units.
  func draw(
    on canvas: inout TissueCanvas, _ marking: TissueCanvas.Marking, _ random: inout NumPyLegacyRandom
  ) {
    let phases = (0..<3).map { _ in random.uniform(0, 2 * Double.pi) }
    let chromatin = TissueNoise(random.nextWord())
    let spots = (0..<nucleoli).map { _ in
      (u: random.uniform(-0.5, 0.5), v: random.uniform(-0.5, 0.5), radius: random.uniform(0.9, 1.6))
    }
    let (cosine, sine) = (cos(angle), sin(angle))
    let reach = 1.3 * max(length, width) + 2
    let step = canvas.step
    canvas.draw(x: (x - reach)...(x + reach), y: (y - reach)...(y + reach), marking) { px, py in
      let (dx, dy) = (px - x, py - y)
      let u = (dx * cosine + dy * sine) / length
      let v = (dy * cosine - dx * sine) / width
      let radius = (u * u + v * v).squareRoot()
      let direction = atan2(v, u)
      let edge =
        1 + waviness
        * (cos(2 * direction + phases[0]) + cos(3 * direction + phases[1])
          + 0.5 * cos(5 * direction + phases[2]))
      let beyond = (radius - edge) * min(length, width)
      let cover = TissueCanvas.cover(beyond: beyond, step: step)
      guard cover > 0 else { return (0, TissueStain(hematoxylin: 0, eosin: 0)) }
      let mottled = 1 + 2 * mottling * (chromatin.fractal(px / 2.6, py / 2.6, octaves: 2) - 0.55)
      let rimmed = rim * TissueNoise.smooth(1 + (beyond + 0.6) / 1.8)
      let spot = spots.map { spot in
        let distance =
          ((u - spot.u) * (u - spot.u) * length * length
          + (v - spot.v) * (v - spot.v) * width * width).squareRoot()
        return TissueCanvas.cover(beyond: distance - spot.radius, step: step)
      }.reduce(0, max)
      return (
        cover,
        TissueStain(hematoxylin: darkness * (mottled + rimmed + 0.5 * spot), eosin: 0.18 + 0.15 * spot)
      )
    }
  }
}
