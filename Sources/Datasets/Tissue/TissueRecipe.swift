import TensorCore

/// How the structures of a class are put together on one tile.
struct TissueRecipe {
  /// The section that is drawn on.
  var canvas: TissueCanvas
  /// The stream of the tile.
  var random: NumPyLegacyRandom

  /// Draws one tile of a class.
  mutating func draw(_ kind: TissueClass) {
    switch kind {
    case .tumor: drawTumor()
    case .stroma: drawStroma()
    case .complex: drawComplex()
    case .lymphocytes: drawLymphocytes()
    case .debris: drawDebris()
    case .mucosa: drawMucosa()
    case .adipose: drawAdipose()
    case .empty: drawSpecks()
    }
  }

  /// A nucleus of a tumour cell: large, irregular, mottled, with nucleoli.
  mutating func tumorNucleus(_ x: Double, _ y: Double, angle: Double, size: Double) -> TissueNucleus {
    TissueNucleus(
      x: x, y: y, length: size * random.uniform(0.9, 1.3), width: size * random.uniform(0.6, 0.85),
      angle: angle + random.uniform(-0.35, 0.35), waviness: 0.07, darkness: random.uniform(0.5, 0.85),
      mottling: random.uniform(0.35, 0.7), rim: random.uniform(0.15, 0.45),
      nucleoli: random.integer(below: 3))
  }

  /// A nucleus of a lymphocyte: small, round, dark, even.
  mutating func lymphocyte(_ x: Double, _ y: Double, size: Double) -> TissueNucleus {
    TissueNucleus(
      x: x, y: y, length: size * random.uniform(0.95, 1.15), width: size * random.uniform(0.85, 1),
      angle: random.uniform(0, 3.14), waviness: 0.04, darkness: random.uniform(0.8, 1.2),
      mottling: 0.25, rim: 0.1)
  }

  /// Flat nuclei of fibrocytes along the fibres.
  mutating func drawSpindles(along fibers: TissueFibers, distance: Double, darts: Int) {
    let places = TissueScatter.places(
      distance: distance, darts: darts, &random, where: { fibers.isTissue($0, $1) })
    for (x, y) in places {
      let nucleus = TissueNucleus(
        x: x, y: y, length: random.uniform(5, 9), width: random.uniform(1.5, 2.8),
        angle: fibers.direction(x, y), waviness: 0.05, darkness: random.uniform(0.55, 0.9))
      nucleus.draw(on: &canvas, .leaves, &random)
    }
  }

  /// A cell's body around a nucleus: a soft disc of cytoplasm.
  mutating func drawBody(
    _ nucleus: TissueNucleus, _ stain: TissueStain, margin: Double, _ marking: TissueCanvas.Marking
  ) {
    var body = nucleus
    body.length += margin
    body.width += margin
    let step = canvas.step
    let reach = body.length + 3
    let grain = TissueNoise(random.nextWord())
    canvas.draw(
      x: (body.x - reach)...(body.x + reach), y: (body.y - reach)...(body.y + reach), marking
    ) { x, y in
      let (dx, dy) = (x - body.x, y - body.y)
      let distance = (dx * dx + dy * dy).squareRoot() - (body.length + body.width) / 2
      let wave = 2.5 * (grain.value(x / 5, y / 5) - 0.5)
      return (
        TissueCanvas.cover(beyond: distance + wave, softness: 1.2, step: step),
        stain.scaled(by: 0.7 + 0.6 * grain.value(x / 2.5, y / 2.5))
      )
    }
  }
}
