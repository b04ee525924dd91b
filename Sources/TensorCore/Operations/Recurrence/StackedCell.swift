/// Several cells that act one after the other within every step.
///
/// The states are those of the cells in order; the output is that of the last cell.
public struct StackedCell: RecurrentCell {
  package let cells: [any RecurrentCell]
  private let stateCounts: [Int]

  /// Creates a stack.
  ///
  /// - Parameters:
  ///   - cells: The cells, the one that reads the input first; at least one.
  ///   - input: The shape of the input of one step.
  /// - Throws: `GeometryError` when the cells do not fit each other.
  public init(_ cells: [any RecurrentCell], input: Shape) throws(GeometryError) {
    precondition(!cells.isEmpty, "a stack has at least one cell")
    self.cells = cells
    var counts: [Int] = []
    var shape = input
    for cell in cells {
      let states = try cell.stateShapes(for: cell.projectionShape(for: shape))
      shape = states[cell.outputState]
      counts.append(states.count)
    }
    stateCounts = counts
  }

  /// The number of trained numbers in all cells.
  public var parameterCount: Int { cells.reduce(0) { $0 + $1.parameterCount } }

  /// The output of the last cell.
  public var outputState: Int {
    stateCounts.dropLast().reduce(0, +) + cells[cells.count - 1].outputState
  }

  /// The shape of the first cell's projection.
  ///
  /// - Throws: `GeometryError` when the inputs do not fit.
  public func projectionShape(for input: Shape) throws(GeometryError) -> Shape {
    try cells[0].projectionShape(for: input)
  }

  /// The first cell's projection.
  ///
  /// - Throws: `GeometryError` when the inputs do not fit.
  public func projection(of input: Tensor) throws(GeometryError) -> Tensor {
    try cells[0].projection(of: input)
  }

  /// The first cell's cotangent of inputs.
  ///
  /// - Throws: `GeometryError` when the inputs do not fit.
  public func projectionPullback(_ cotangent: Tensor, input: Shape) throws(GeometryError) -> Tensor {
    try cells[0].projectionPullback(cotangent, input: input)
  }

  /// The shapes of all cells' states.
  ///
  /// - Throws: `GeometryError` when the cells do not fit each other.
  public func stateShapes(for projection: Shape) throws(GeometryError) -> [Shape] {
    var shapes: [Shape] = []
    var projection = projection
    for (index, cell) in cells.enumerated() {
      let states = try cell.stateShapes(for: projection)
      shapes += states
      guard index + 1 < cells.count else { break }
      projection = try cells[index + 1].projectionShape(for: states[cell.outputState])
    }
    return shapes
  }

  /// The states of all cells after a step.
  ///
  /// - Throws: `GeometryError` when projection and states do not fit.
  public func step(_ projection: Tensor, _ states: [Tensor]) throws(GeometryError) -> [Tensor] {
    try run(projection, states).flatMap(\.after)
  }

  /// The cotangents of the first cell's projection and of all states before the step.
  ///
  /// - Throws: `GeometryError` when projection and states do not fit.
  public func pullback(
    _ cotangents: [Tensor], at projection: Tensor, _ states: [Tensor]
  ) throws(GeometryError) -> (projection: Tensor, states: [Tensor]) {
    let passes = try run(projection, states)
    var before: [Tensor] = []
    var arriving: Tensor?
    var end = cotangents.count
    for (cell, pass) in zip(cells, passes).reversed() {
      let start = end - pass.after.count
      var own = Array(cotangents[start..<end])
      if let arriving { own[cell.outputState] = own[cell.outputState] + arriving }
      let result = try cell.pullback(own, at: pass.projection, pass.before)
      before = result.states + before
      end = start
      guard start > 0 else { return (result.projection, before) }
      arriving = try cell.projectionPullback(result.projection, input: pass.input)
    }
    return (Tensor(projection.shape), before)
  }

  /// The same stack with other weights and biases, cell by cell.
  ///
  /// - Throws: `GeometryError` when the new arrays have other shapes.
  public func replacingParameters(
    with new: (Tensor) -> Tensor
  ) throws(GeometryError) -> any RecurrentCell {
    var replaced: [any RecurrentCell] = []
    for cell in cells { replaced.append(try cell.replacingParameters(with: new)) }
    return StackedCell(replaced, stateCounts: stateCounts)
  }

  private init(_ cells: [any RecurrentCell], stateCounts: [Int]) {
    self.cells = cells
    self.stateCounts = stateCounts
  }

  /// What one cell does within a step.
  private struct CellPass {
    /// The shape of what it reads: the output of the cell before; of the first cell it is not known.
    var input: Shape
    var projection: Tensor
    var before: [Tensor]
    var after: [Tensor]
  }

  private func run(_ projection: Tensor, _ states: [Tensor]) throws(GeometryError) -> [CellPass] {
    var passes: [CellPass] = []
    var next = 0
    for (cell, count) in zip(cells, stateCounts) {
      let before = Array(states[next..<(next + count)])
      next += count
      var input = projection
      var own = projection
      if let last = passes.last {
        input = last.after[cells[passes.count - 1].outputState]
        own = try cell.projection(of: input)
      }
      passes.append(
        CellPass(input: input.shape, projection: own, before: before, after: try cell.step(own, before)))
    }
    return passes
  }
}
