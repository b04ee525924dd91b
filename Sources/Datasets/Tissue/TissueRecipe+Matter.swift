import Foundation
import TensorCore

extension TissueRecipe {
  /// Simple stroma: bundles of fibres, clefts, and few flat nuclei.
  mutating func drawStroma() {
    let fibers = TissueFibers(
      angle: random.uniform(0, Double.pi), amplitude: random.uniform(3, 12),
      wavelength: random.uniform(60, 110), spacing: random.uniform(2.8, 5),
      stain: TissueStain(hematoxylin: random.uniform(0.04, 0.13), eosin: random.uniform(0.24, 0.42)),
      clefts: random.uniform(0.26, 0.42), &random)
    fibers.draw(on: &canvas, .marks)
    drawSpindles(along: fibers, distance: 20, darts: Int(random.uniform(8, 45)))
  }

  /// Debris: necrosis, a bleeding or mucus, equally often.
  mutating func drawDebris() {
    switch random.integer(below: 3) {
    case 0: drawNecrosis()
    case 1: drawBleeding()
    default: drawMucus()
    }
  }

  /// Fat cells, which define the class, on glass.
  mutating func drawAdipose() {
    TissueFatCells(&random).draw(on: &canvas, &random)
    drawSpecks()
  }

  /// Up to six specks of dust on the glass.
  mutating func drawSpecks() {
    for _ in 0..<random.integer(below: 7) {
      let (x, y) = (random.uniform(0, TissueCanvas.extent), random.uniform(0, TissueCanvas.extent))
      let radius = random.uniform(0.6, 1.8)
      let stain = TissueStain(hematoxylin: random.uniform(0.02, 0.12), eosin: random.uniform(0, 0.08))
      let step = canvas.step
      canvas.draw(x: (x - 4)...(x + 4), y: (y - 4)...(y + 4), .leaves) { px, py in
        let (dx, dy) = (px - x, py - y)
        let beyond = (dx * dx + dy * dy).squareRoot() - radius
        return (TissueCanvas.cover(beyond: beyond, step: step), stain)
      }
    }
  }

  /// Necrosis: pink grains and the dust of nuclei that fell apart.
  private mutating func drawNecrosis() {
    let texture = TissueNoise(random.nextWord())
    let openness = random.uniform(0.3, 0.42)
    let base = TissueStain(hematoxylin: random.uniform(0.08, 0.16), eosin: random.uniform(0.26, 0.42))
    canvas.draw(.marks) { x, y in
      let field = texture.fractal(x / 30, y / 30, octaves: 4) - openness
      let grain = texture.fractal(x / 2.6 + 40, y / 2.6, octaves: 2)
      return (min(max(0.5 + field / 0.05, 0), 1), base.scaled(by: 0.3 + 1.4 * grain))
    }
    let fragments = TissueScatter.places(distance: 5, darts: Int(random.uniform(60, 220)), &random)
    for (x, y) in fragments {
      let nucleus = TissueNucleus(
        x: x, y: y, length: random.uniform(1, 3), width: random.uniform(0.8, 1.8),
        angle: random.uniform(0, Double.pi), waviness: 0.15, darkness: random.uniform(0.4, 1))
      nucleus.draw(on: &canvas, .marks, &random)
    }
  }

  /// A bleeding: discs of blood cells without nuclei, paler in the middle.
  private mutating func drawBleeding() {
    let base = random.uniform(0.28, 0.46)
    let size = random.uniform(4, 5.2)
    let thinning = TissueNoise(random.nextWord())
    let bound = random.uniform(0.2, 0.46)
    let places = TissueScatter.places(
      distance: random.uniform(1.2, 1.6) * size, darts: Int(random.uniform(1200, 2600)), &random,
      where: { thinning.fractal($0 / 40, $1 / 40, octaves: 2) > bound })
    let step = canvas.step
    for (x, y) in places {
      let (radius, strength) = (size * random.uniform(0.85, 1.1), base * random.uniform(0.75, 1.2))
      let flat = random.uniform(0.75, 1)
      let reach = radius + 2
      canvas.draw(x: (x - reach)...(x + reach), y: (y - reach)...(y + reach), .marks) { px, py in
        let (dx, dy) = ((px - x) / flat, py - y)
        let share = (dx * dx + dy * dy).squareRoot() / radius
        let dent = 0.7 + 0.45 * TissueNoise.smooth(share)
        return (
          TissueCanvas.cover(beyond: (share - 1) * radius, step: step),
          TissueStain(hematoxylin: 0.1 * strength, eosin: dent * strength)
        )
      }
    }
  }

  /// Mucus: pale threads on glass, and single shrunken cells.
  private mutating func drawMucus() {
    let texture = TissueNoise(random.nextWord())
    let angle = random.uniform(0, Double.pi)
    let pull = random.uniform(1, 3)
    let base = TissueStain(hematoxylin: random.uniform(0.16, 0.3), eosin: random.uniform(0.06, 0.2))
    let haze = base.scaled(by: random.uniform(0.2, 0.5))
    canvas.draw(.leaves) { _, _ in (1, haze) }
    canvas.draw(.marks) { x, y in
      let along = (x * cos(angle) + y * sin(angle)) / pull
      let across = y * cos(angle) - x * sin(angle)
      let field = texture.fractal(along / 18, across / 18, octaves: 4)
      let fine = texture.fractal(along / 7 + 60, across / 7, octaves: 3)
      // Threads run where a field crosses its middle.
      let thread = max(1 - abs(field - 0.5) / 0.045, 1 - abs(fine - 0.5) / 0.05, 0)
      return (thread, base)
    }
    let cells = TissueScatter.places(distance: 14, darts: random.integer(below: 14), &random)
    for (x, y) in cells {
      let nucleus = lymphocyte(x, y, size: random.uniform(3, 4.2))
      drawBody(nucleus, TissueStain(hematoxylin: 0.15, eosin: 0.3), margin: 2.5, .marks)
      nucleus.draw(on: &canvas, .marks, &random)
    }
  }
}
