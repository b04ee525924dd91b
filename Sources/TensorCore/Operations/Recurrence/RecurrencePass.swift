/// One pass of a recurrence over a batch of sequences: projections, and the states before and after every step.
struct RecurrencePass {
  /// The steps in the order in which they are computed.
  let order: [Int]
  private let recurrence: Recurrence
  /// The projections of all steps, `[time * batch, ...]`.
  private let projections: Tensor
  /// The states before the first step and after every step.
  private let states: [[Tensor]]
  /// For every step in order and every item whether the step counts; empty without a mask.
  private let counted: [[Bool]]
  private let batch: Int

  /// Runs the recurrence.
  ///
  /// - Throws: `GeometryError` when the input does not fit.
  init(_ recurrence: Recurrence, over input: Tensor, mask: Tensor?) throws(GeometryError) {
    let (time, cell) = (input.shape[1], recurrence.cell)
    let order = recurrence.isReversed ? Array((0..<time).reversed()) : Array(0..<time)
    let batch = input.shape.batch
    let rows = input.withTimeFirst.reshaped(
      to: Shape([time * batch] + input.shape.extents.dropFirst(2)))
    let projections = try cell.projection(of: rows)
    let flags = mask?.withTimeFirst.values.map { $0 != 0 } ?? []
    let counted = flags.isEmpty ? [] : order.map { Array(flags[($0 * batch)..<(($0 + 1) * batch)]) }
    var states = [try cell.stateShapes(for: projections.shape.with(batch: batch)).map { Tensor($0) }]
    for (index, step) in order.enumerated() {
      let before = states[index]
      let after = try cell.step(projections.items((step * batch)..<((step + 1) * batch)), before)
      states.append(
        counted.isEmpty ? after : zip(after, before).map { $0.choosing(counted[index], else: $1) })
    }
    self.recurrence = recurrence
    self.order = order
    self.batch = batch
    self.projections = projections
    self.states = states
    self.counted = counted
  }

  /// The output of a step, counted in the order of computation.
  func output(of index: Int) -> Tensor {
    let output = states[index + 1][recurrence.cell.outputState]
    guard recurrence.maskedOutput == .zero, !counted.isEmpty else { return output }
    return output.choosing(counted[index], else: nil)
  }

  /// The cotangents of the projections of all steps for the cotangent of the output.
  ///
  /// - Throws: `GeometryError` when the cell's maps do not fit.
  func projectionCotangent(for cotangent: Tensor) throws(GeometryError) -> Tensor {
    let cell = recurrence.cell
    let rows = recurrence.returnsSequence ? cotangent.withTimeFirst : cotangent
    let outputs = rows.reshaped(
      to: Shape(
        [recurrence.returnsSequence ? order.count * batch : batch]
          + states[0][cell.outputState].shape.extents.dropFirst()))
    var arriving = states[0].map { Tensor($0.shape) }
    var parts = [Tensor](repeating: Tensor([0]), count: order.count)
    for (index, step) in order.enumerated().reversed() {
      if recurrence.returnsSequence || index == order.count - 1 {
        let place = recurrence.returnsSequence ? index : 0
        var own = outputs.items((place * batch)..<((place + 1) * batch))
        if recurrence.maskedOutput == .zero, !counted.isEmpty {
          own = own.choosing(counted[index], else: nil)
        }
        arriving[cell.outputState] = arriving[cell.outputState] + own
      }
      let kept = counted.isEmpty ? nil : arriving.map { $0.choosing(counted[index].map { !$0 }, else: nil) }
      if !counted.isEmpty { arriving = arriving.map { $0.choosing(counted[index], else: nil) } }
      let result = try cell.pullback(
        arriving, at: projections.items((step * batch)..<((step + 1) * batch)), states[index])
      parts[step] = result.projection
      arriving = kept.map { zip(result.states, $0).map { $0 + $1 } } ?? result.states
    }
    return Tensor(joining: parts)
  }
}

extension Tensor {
  /// The items that are chosen, and those of another tensor, or zeros, in place of the rest.
  fileprivate func choosing(_ chosen: [Bool], else other: Tensor?) -> Tensor {
    let size = shape.itemCount
    return Tensor(shape) { target in
      withValues { source in
        for index in 0..<source.count where chosen[index / size] {
          target.initializeElement(at: index, to: source[index])
        }
      }
      for index in 0..<target.count where !chosen[index / size] {
        target.initializeElement(at: index, to: 0)
      }
      other?.withValues { source in
        for index in 0..<source.count where !chosen[index / size] { target[index] = source[index] }
      }
    }
  }
}
