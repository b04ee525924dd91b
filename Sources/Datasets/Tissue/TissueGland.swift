import Foundation
import TensorCore

/// A gland cut across: a ring of epithelium around a lumen, with a row of nuclei at its base and goblet cells full of mucus.
struct TissueGland: Sendable {
  /// The centre, in units.
  let x: Double
  /// The centre, in units.
  let y: Double
  /// The mean radius of the outer edge, in units.
  let radius: Double
  /// The mean radius of the lumen as a share of the outer one.
  let lumen: Double
  /// How many radial cells the ring has.
  let cells: Int
  /// The share of the places for a vacuole, 12 units apart, that hold one.
  let goblets: Double
  /// The form of the outer edge: strength and phase of the second and the third harmonic.
  private let form: [(strength: Double, phase: Double)]

  /// Creates a gland; draws its form from the stream.
  init(
    x: Double, y: Double, radius: Double, lumen: Double, goblets: Double, _ random: inout NumPyLegacyRandom
  ) {
    self.x = x
    self.y = y
    self.radius = radius
    self.lumen = lumen
    self.goblets = goblets
    cells = max(9, Int(2 * Double.pi * radius / 7.5))
    form = [0.1, 0.05].map { (random.uniform(0, $0), random.uniform(0, 2 * Double.pi)) }
  }

  /// Draws the gland: epithelium, lumen, goblets, and last the nuclei.
  func draw(on canvas: inout TissueCanvas, _ random: inout NumPyLegacyRandom) {
    drawEpithelium(on: &canvas, random.nextWord())
    let pitch = 12.0 / (radius * (1 + lumen) / 2)
    let start = random.uniform(0, pitch)
    for vacuole in 0..<Int(2 * Double.pi / pitch) {
      let direction = start + pitch * (Double(vacuole) + random.uniform(-0.12, 0.12))
      if random.uniform() < goblets { drawGoblet(on: &canvas, direction, pitch, &random) }
    }
    for cell in 0..<cells {
      let direction = 2 * Double.pi * (Double(cell) + random.uniform(-0.2, 0.2)) / Double(cells)
      drawNucleus(on: &canvas, direction, &random)
    }
  }

  /// Whether a place lies inside the outer edge, or nearer to it than a distance.
  func contains(_ px: Double, _ py: Double, margin: Double = 0) -> Bool {
    let (dx, dy) = (px - x, py - y)
    return (dx * dx + dy * dy).squareRoot() < edge(atan2(dy, dx)) + margin
  }

  /// The radius of the outer edge in a direction.
  private func edge(_ direction: Double) -> Double {
    radius
      * (1 + form[0].strength * cos(2 * direction + form[0].phase)
        + form[1].strength * cos(3 * direction + form[1].phase))
  }

  private func drawEpithelium(on canvas: inout TissueCanvas, _ word: UInt32) {
    let texture = TissueNoise(word)
    let step = canvas.step
    let reach = 1.2 * radius + 2
    let box = (x: (x - reach)...(x + reach), y: (y - reach)...(y + reach))
    canvas.draw(x: box.x, y: box.y, .marks) { px, py in
      let (dx, dy) = (px - x, py - y)
      let distance = (dx * dx + dy * dy).squareRoot()
      let outer = edge(atan2(dy, dx))
      let cover = TissueCanvas.cover(beyond: distance - outer, step: step)
      let inner = lumen * outer * (0.85 + 0.3 * texture.value(px / 7, py / 7))
      let open = TissueCanvas.cover(beyond: distance - inner, softness: 1.2, step: step)
      let grain = texture.fractal(px / 4, py / 4, octaves: 3)
      let depth = (distance - inner) / max(outer - inner, 1)
      let cytoplasm = TissueStain(
        hematoxylin: (0.16 + 0.2 * max(depth, 0)) * (0.6 + 0.8 * grain), eosin: 0.3 * (0.7 + 0.6 * grain))
      let mucus = TissueStain(hematoxylin: 0.03 + 0.16 * grain * grain, eosin: 0.03 + 0.06 * grain)
      return (cover, cytoplasm.mixed(with: mucus, share: open))
    }
  }

  /// A vacuole of pale mucus between the nucleus and the lumen.
  private func drawGoblet(
    on canvas: inout TissueCanvas, _ direction: Double, _ pitch: Double, _ random: inout NumPyLegacyRandom
  ) {
    let outer = edge(direction)
    let thickness = outer * (1 - lumen)
    let distance = outer - thickness * random.uniform(0.52, 0.64)
    let (cx, cy) = (x + distance * cos(direction), y + distance * sin(direction))
    let long = thickness * random.uniform(0.26, 0.36)
    let wide = min(long, 0.46 * pitch * distance) * random.uniform(0.85, 1.05)
    let web = TissueNoise(random.nextWord())
    let step = canvas.step
    let reach = long + 2
    canvas.draw(x: (cx - reach)...(cx + reach), y: (cy - reach)...(cy + reach), .marks) { px, py in
      let (dx, dy) = (px - cx, py - cy)
      let u = (dx * cos(direction) + dy * sin(direction)) / long
      let v = (dy * cos(direction) - dx * sin(direction)) / wide
      let beyond = ((u * u + v * v).squareRoot() - 1) * min(long, wide)
      let thread = 1 - abs(2 * web.fractal(px / 5, py / 5, octaves: 2) - 1)
      let mucus = TissueStain(hematoxylin: 0.04 + 0.16 * thread * thread, eosin: 0.03 + 0.05 * thread)
      return (TissueCanvas.cover(beyond: beyond, step: step), mucus)
    }
  }

  private func drawNucleus(
    on canvas: inout TissueCanvas, _ direction: Double, _ random: inout NumPyLegacyRandom
  ) {
    let distance = edge(direction) - random.uniform(5, 7.5)
    let nucleus = TissueNucleus(
      x: x + distance * cos(direction), y: y + distance * sin(direction), length: random.uniform(4, 5.5),
      width: random.uniform(2.8, 3.7), angle: direction + random.uniform(-0.3, 0.3),
      darkness: random.uniform(0.65, 0.9))
    nucleus.draw(on: &canvas, .marks, &random)
  }
}
