import Foundation
import TensorCore

extension TissueRecipe {
  /// Tumour: an epithelium full of large nuclei in rows, sometimes torn open by a lumen.
  mutating func drawTumor() {
    let texture = TissueNoise(random.nextWord())
    let opening = TissueNoise(random.nextWord())
    let openness = random.uniform() < 0.6 ? random.uniform(0.24, 0.38) : 0
    let base = TissueStain(hematoxylin: random.uniform(0.26, 0.42), eosin: random.uniform(0.2, 0.34))
    let field = { (x: Double, y: Double) in opening.fractal(x / 62, y / 62, octaves: 2) - openness }
    canvas.draw(.leaves) { x, y in
      let grain = texture.fractal(x / 5, y / 5, octaves: 3)
      return (min(max(0.5 + field(x, y) / 0.02, 0), 1), base.scaled(by: 0.55 + 0.9 * grain))
    }
    let size = random.uniform(6, 8.5)
    let direction = random.uniform(0, Double.pi)
    let places = TissueScatter.places(
      distance: random.uniform(1.35, 1.85) * size, darts: 1200, &random, where: { field($0, $1) > 0.04 })
    for (x, y) in places {
      // Rows bend slowly through the tile.
      let angle = direction + 1.6 * (texture.value(x / 70 + 30, y / 70) - 0.5)
      let nucleus = tumorNucleus(x, y, angle: angle, size: size)
      nucleus.draw(on: &canvas, .marks, &random)
    }
  }

  /// Complex stroma: loose fibres, single tumour cells, immune cells.
  mutating func drawComplex() {
    let fibers = TissueFibers(
      angle: random.uniform(0, Double.pi), amplitude: random.uniform(8, 18), wavelength: 45,
      spacing: random.uniform(2.8, 4.5),
      stain: TissueStain(hematoxylin: random.uniform(0.1, 0.18), eosin: random.uniform(0.22, 0.36)),
      clefts: random.uniform(0.22, 0.34), &random)
    fibers.draw(on: &canvas, .leaves)
    drawSpindles(along: fibers, distance: 24, darts: 40)
    let tumorShare = random.uniform(0.3, 0.6)
    let places = TissueScatter.places(
      distance: random.uniform(12, 17), darts: Int(random.uniform(50, 130)), &random,
      where: { fibers.isTissue($0, $1) })
    for (x, y) in places {
      if random.uniform() < tumorShare {
        let nucleus = tumorNucleus(
          x, y, angle: random.uniform(0, Double.pi), size: random.uniform(5.5, 7.5))
        drawBody(nucleus, TissueStain(hematoxylin: 0.2, eosin: 0.25), margin: 2.5, .marks)
        nucleus.draw(on: &canvas, .marks, &random)
      } else {
        lymphocyte(x, y, size: random.uniform(3.8, 4.8)).draw(on: &canvas, .marks, &random)
      }
    }
  }

  /// Lymphocytes: dark round nuclei side by side in hardly any tissue.
  mutating func drawLymphocytes() {
    let texture = TissueNoise(random.nextWord())
    let openness = random.uniform(0.2, 0.42)
    let base = TissueStain(hematoxylin: random.uniform(0.1, 0.26), eosin: random.uniform(0.12, 0.34))
    canvas.draw(.leaves) { x, y in
      let field = texture.fractal(x / 14, y / 14, octaves: 2) - openness
      let grain = texture.fractal(x / 4 + 50, y / 4, octaves: 2)
      return (min(max(0.5 + field / 0.06, 0), 1), base.scaled(by: 0.5 + grain))
    }
    let size = random.uniform(4.2, 5.2)
    let places = TissueScatter.places(
      distance: random.uniform(1.75, 2.1) * size, darts: Int(random.uniform(1200, 2400)), &random)
    for (x, y) in places {
      lymphocyte(x, y, size: size * random.uniform(0.85, 1.1)).draw(on: &canvas, .marks, &random)
    }
  }

  /// Mucosa: glands in a loose tissue with small cells.
  mutating func drawMucosa() {
    let fibers = TissueFibers(
      angle: random.uniform(0, Double.pi), amplitude: 14, wavelength: 40,
      stain: TissueStain(hematoxylin: random.uniform(0.08, 0.16), eosin: random.uniform(0.2, 0.36)),
      clefts: random.uniform(0.3, 0.38), &random)
    fibers.draw(on: &canvas, .leaves)
    let glands = self.glands()
    let places = TissueScatter.places(
      distance: random.uniform(10, 14), darts: 160, &random,
      where: { x, y in
        fibers.isTissue(x, y) && !glands.contains { $0.contains(x, y, margin: 3) }
      })
    for (x, y) in places {
      let nucleus =
        random.uniform() < 0.5
        ? lymphocyte(x, y, size: random.uniform(3.4, 4.4))
        : TissueNucleus(
          x: x, y: y, length: random.uniform(4, 7), width: random.uniform(1.8, 2.8),
          angle: fibers.direction(x, y))
      nucleus.draw(on: &canvas, .leaves, &random)
    }
    for gland in glands { gland.draw(on: &canvas, &random) }
  }

  /// Glands that do not overlap; the first lies near the middle, the others where there is room.
  private mutating func glands() -> [TissueGland] {
    let radius = random.uniform(34, 50)
    let goblets = random.uniform(0.45, 0.95)
    var glands: [TissueGland] = []
    for attempt in 0..<30 {
      let spread = attempt == 0 ? 35.0 : 125.0
      let (x, y) = (75 + random.uniform(-spread, spread), 75 + random.uniform(-spread, spread))
      let own = radius * random.uniform(0.85, 1.15)
      let lumen = random.uniform(0.14, 0.34)
      let gland = TissueGland(x: x, y: y, radius: own, lumen: lumen, goblets: goblets, &random)
      let isFree = glands.allSatisfy { other in
        let (dx, dy) = (other.x - x, other.y - y)
        return (dx * dx + dy * dy).squareRoot() > 1.12 * (other.radius + own)
      }
      if isFree { glands.append(gland) }
    }
    return glands
  }
}
