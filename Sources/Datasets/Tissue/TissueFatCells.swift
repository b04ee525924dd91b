import Foundation
import TensorCore

/// Fat cells: polygons of empty glass between thin membranes, with a flat nucleus here and there.
///
/// The polygons are those of Voronoi around places that keep a distance: a membrane runs where the two nearest places are equally far.
struct TissueFatCells: Sendable {
  private let places: [(x: Double, y: Double)]
  private let thickness: Double
  private let stain: TissueStain
  private let bends: TissueNoise

  /// Creates the cells; draws their places, the thickness of the membranes and their dyes.
  init(_ random: inout NumPyLegacyRandom) {
    let distance = random.uniform(52, 85)
    var grown: [(x: Double, y: Double)] = []
    // A jittered lattice larger than the tile, so that every pixel has its two nearest places.
    let (left, top) = (random.uniform(-distance, 0), random.uniform(-distance, 0))
    for row in -1...5 {
      for column in -1...5 {
        let shift = row.isMultiple(of: 2) ? 0 : 0.5
        grown.append(
          (
            left + distance * (Double(column) + shift + random.uniform(-0.22, 0.22)),
            top + 0.87 * distance * (Double(row) + random.uniform(-0.22, 0.22))
          ))
      }
    }
    places = grown
    thickness = random.uniform(0.8, 2.6)
    stain = TissueStain(hematoxylin: random.uniform(0.05, 0.2), eosin: random.uniform(0.08, 0.26))
    bends = TissueNoise(random.nextWord())
  }

  /// Draws membranes and nuclei, which define the class.
  func draw(on canvas: inout TissueCanvas, _ random: inout NumPyLegacyRandom) {
    let step = canvas.step
    canvas.draw(.marks) { x, y in
      let wide = thickness * (0.5 + 1.6 * bends.value(x / 22 + 90, y / 22))
      let folded = 0.55 + 0.9 * bends.fractal(x / 6, y / 6 + 50, octaves: 2)
      let cover = TissueCanvas.cover(beyond: distance(x, y) - wide, step: step)
      return (cover, stain.scaled(by: folded))
    }
    for _ in 0..<60 {
      let (x, y) = (random.uniform(0, TissueCanvas.extent), random.uniform(0, TissueCanvas.extent))
      let isKept = random.uniform() < 0.35
      guard isKept, distance(x, y) < 1 else { continue }
      let nucleus = TissueNucleus(
        x: x, y: y, length: random.uniform(4, 6), width: random.uniform(1.6, 2.4), angle: tangent(x, y))
      nucleus.draw(on: &canvas, .marks, &random)
    }
  }

  /// The distance from the nearest membrane's middle, in units.
  private func distance(_ x: Double, _ y: Double) -> Double {
    let bentX = x + 9 * (bends.value(x / 45, y / 45) - 0.5)
    let bentY = y + 9 * (bends.value(x / 45 + 31, y / 45 - 17) - 0.5)
    let (near, next) = nearest(bentX, bentY)
    let (dx, dy) = (next.x - near.x, next.y - near.y)
    let gap = (dx * dx + dy * dy).squareRoot()
    // Along the line between the two places, measured from the plane halfway.
    let middle = ((near.x + next.x) / 2 - bentX) * dx + ((near.y + next.y) / 2 - bentY) * dy
    return abs(middle) / max(gap, 1e-9)
  }

  /// The direction of the nearest membrane.
  private func tangent(_ x: Double, _ y: Double) -> Double {
    let (near, next) = nearest(x, y)
    return atan2(next.y - near.y, next.x - near.x) + Double.pi / 2
  }

  private func nearest(_ x: Double, _ y: Double) -> (
    near: (x: Double, y: Double), next: (x: Double, y: Double)
  ) {
    var (near, next) = (places[0], places[1])
    var (first, second) = (Double.infinity, Double.infinity)
    for place in places {
      let square = (place.x - x) * (place.x - x) + (place.y - y) * (place.y - y)
      if square < first {
        (second, next) = (first, near)
        (first, near) = (square, place)
      } else if square < second {
        (second, next) = (square, place)
      }
    }
    return (near, next)
  }
}
