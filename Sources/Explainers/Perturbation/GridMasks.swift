import TensorCore

/// Random masks of RISE: coarse grids of ones and zeros, made smooth and shifted.
struct GridMasks: Sendable {
  /// Which of two recipes.
  let variant: RISE.Variant
  private let probability: Double
  private let extents: [Int]
  private let cells: [Int]
  private let shifts: [Int]
  private let axes: [AxisExpansion]

  /// How many numbers describe a mask.
  var cellCount: Int { cells.reduce(1, *) }

  /// One mask before it is made.
  struct Design: Sendable {
    /// The cells of the grid, 0 or 1, last axis fastest.
    var cells: [Float]
    /// Where the mask begins on every axis of the smooth grid.
    var offsets: [Int]
  }

  /// Plans masks.
  ///
  /// - Parameters:
  ///   - extents: The positions along every axis. An axis that is shorter than the grid has a cell for every position; one of a
  ///     single position is not shifted, so that it changes no random number.
  ///   - cells: The cells along every axis.
  ///   - probability: How likely a cell is shown.
  ///   - variant: The recipe.
  init(over extents: [Int], cells: Int, probability: Double, variant: RISE.Variant) {
    self.extents = extents
    self.probability = probability
    self.variant = variant
    self.cells = extents.map { min(cells, $0) }
    switch variant {
    case .official:
      let sizes = zip(extents, self.cells).map { ($0 + $1 - 1) / $1 }
      shifts = sizes
      axes = zip(sizes, self.cells).map { AxisExpansion(from: $1, to: ($1 + 1) * $0, border: .mirrored) }
    case .course:
      shifts = zip(extents, self.cells).map { $0 == 1 ? 1 : $1 + 1 }
      axes = zip(extents, self.cells).map { AxisExpansion(from: $1, to: $0 + $1, border: .clamped) }
    }
  }

  /// Draws a mask: its cells row by row, then its offsets, outermost axis first; in the course's recipe innermost axis first.
  func draw(_ random: inout NumPyLegacyRandom) -> Design {
    var design = Design(cells: [], offsets: Array(repeating: 0, count: extents.count))
    design.cells.reserveCapacity(cellCount)
    for _ in 0..<cellCount {
      let number = random.uniform()
      let isShown = variant == .official ? number < probability : number >= 1 - probability
      design.cells.append(isShown ? 1 : 0)
    }
    let order = variant == .official ? Array(extents.indices) : extents.indices.reversed()
    for axis in order { design.offsets[axis] = random.integer(below: shifts[axis]) }
    return design
  }

  /// Makes a mask.
  ///
  /// - Parameters:
  ///   - design: What was drawn.
  ///   - target: Memory for one number for every position, which is initialised.
  func write(_ design: Design, into target: UnsafeMutableBufferPointer<Float>) {
    AxisExpansion.expand(design.cells, along: axes, from: design.offsets, to: extents, into: target)
    guard variant == .course, let largest = target.max(), largest > 0 else { return }
    for index in target.indices { target[index] /= largest }
  }
}
