/// A recurrent cell run over the steps of a sequence, with the states at zero before the first one.
///
/// The input is `[batch, time, spatial..., channels]`: time is the first spatial axis. Steps that a mask leaves out keep the states.
/// The pullback runs the sequence again and then goes back through time, so that nothing is kept between calls. Cost: two passes over
/// the sequence.
public struct Recurrence: Sendable {
  /// What the output of a masked step is.
  public enum MaskedOutput: Sendable {
    /// The output of the step before it; zero where there is none.
    case repeated
    /// Zero.
    case zero
  }

  /// One step.
  public let cell: any RecurrentCell
  /// Whether the last step of the sequence comes first.
  public let isReversed: Bool
  /// Whether the outputs of all steps are given, in the order in which they are computed, or that of the last one alone.
  public let returnsSequence: Bool
  /// What the output of a masked step is.
  public let maskedOutput: MaskedOutput

  /// Creates a recurrence.
  ///
  /// - Parameters:
  ///   - cell: One step.
  ///   - isReversed: Whether the last step of the sequence comes first.
  ///   - returnsSequence: Whether the outputs of all steps are given.
  ///   - maskedOutput: What the output of a masked step is.
  public init(
    _ cell: any RecurrentCell, isReversed: Bool = false, returnsSequence: Bool = false,
    maskedOutput: MaskedOutput = .repeated
  ) {
    self.cell = cell
    self.isReversed = isReversed
    self.returnsSequence = returnsSequence
    self.maskedOutput = maskedOutput
  }

  /// `[batch, time, ...]` when the outputs of all steps are given, else without the time axis.
  ///
  /// - Parameters:
  ///   - input: `[batch, time, spatial..., channels]`.
  ///   - mask: `[batch, time, 1]`, or none.
  /// - Returns: The shape of the output.
  /// - Throws: `GeometryError` when input or mask does not fit.
  public func outputShape(for input: Shape, mask: Shape? = nil) throws(GeometryError) -> Shape {
    let steps = try steps(of: input, mask: mask)
    let projection = try cell.projectionShape(for: steps.all)
    let state = try cell.stateShapes(for: projection.with(batch: input.batch))[cell.outputState]
    return returnsSequence ? Shape([state.batch, steps.count] + state.extents.dropFirst()) : state
  }

  /// The outputs of the steps.
  ///
  /// - Parameters:
  ///   - input: `[batch, time, spatial..., channels]`.
  ///   - mask: `[batch, time, 1]`, zero at the steps that are left out, or none.
  /// - Returns: A tensor of the output's shape.
  /// - Throws: `GeometryError` when input or mask does not fit.
  public func callAsFunction(_ input: Tensor, mask: Tensor? = nil) throws(GeometryError) -> Tensor {
    let shape = try outputShape(for: input.shape, mask: mask?.shape)
    let pass = try RecurrencePass(self, over: input, mask: mask)
    guard returnsSequence else { return pass.output(of: pass.order.count - 1) }
    let outputs = Tensor(joining: pass.order.indices.map { pass.output(of: $0) })
    let timeFirst = Shape([shape[1], shape[0]] + shape.extents.dropFirst(2))
    return outputs.reshaped(to: timeFirst).withTimeFirst
  }

  /// The cotangent of the input.
  ///
  /// - Parameters:
  ///   - cotangent: That of the output.
  ///   - input: `[batch, time, spatial..., channels]`.
  ///   - mask: `[batch, time, 1]`, or none.
  /// - Returns: A tensor of the input's shape.
  /// - Throws: `GeometryError` when input or mask does not fit.
  public func pullback(
    _ cotangent: Tensor, at input: Tensor, mask: Tensor? = nil
  ) throws(GeometryError) -> Tensor {
    let shape = try outputShape(for: input.shape, mask: mask?.shape)
    precondition(cotangent.shape == shape, "the cotangent of \(shape) cannot have shape \(cotangent.shape)")
    let pass = try RecurrencePass(self, over: input, mask: mask)
    let projection = try pass.projectionCotangent(for: cotangent)
    let steps = try steps(of: input.shape, mask: nil)
    let result = try cell.projectionPullback(projection, input: steps.all)
    let timeFirst = Shape([steps.count, input.shape.batch] + input.shape.extents.dropFirst(2))
    return result.reshaped(to: timeFirst).withTimeFirst
  }

  /// The number of steps, and the shape of all steps of all items as items of one batch.
  private func steps(of input: Shape, mask: Shape?) throws(GeometryError) -> (count: Int, all: Shape) {
    guard input.rank >= 3 else { throw .rankMismatch(window: 1, input: max(input.rank - 2, 0)) }
    let count = input[1]
    guard count > 0 else { throw .windowTooLarge(axis: 0, window: 1, input: 0) }
    let expected: Shape = [input.batch, count, 1]
    if let mask, mask != expected { throw .weightMismatch(name: "mask", expected: expected, found: mask) }
    return (count, Shape([input.batch * count] + input.extents.dropFirst(2)))
  }
}

extension Tensor {
  /// Batch and time change places; all else stays.
  var withTimeFirst: Tensor { withAxes([1, 0] + Array(2..<shape.rank)) }
}
