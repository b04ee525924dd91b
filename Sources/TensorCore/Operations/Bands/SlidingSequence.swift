import Synchronization

/// Convolutions and poolings that follow each other, computed together for one band of positions after the other.
///
/// A band is a run of coordinates of the outermost spatial axis. For a band of the last output every stage computes only what the next
/// one reads, so what lies between two stages is a few rows that stay in the cache; as whole tensors it would go to memory and come back.
///
/// Cost: the multiplications of the stages and at most a twentieth more, for rows that two bands read; memory of two bands per thread.
package struct SlidingSequence: Sendable {
  /// The stages, in the order in which they are computed.
  package let stages: [SlidingStage]
  private let bounds: BandBounds
  private let plans = Plans()

  /// Plans that have been asked for; a network sees one shape of input, or a few.
  private final class Plans: Sendable {
    static let mostKept = 8
    let kept = Mutex<[BandPlan]>([])
  }

  /// Creates a sequence.
  ///
  /// - Parameters:
  ///   - stages: At least one stage.
  ///   - bounds: What decides how high bands are.
  package init(_ stages: [SlidingStage], within bounds: BandBounds = BandBounds()) {
    precondition(!stages.isEmpty, "a sequence has at least one stage")
    self.stages = stages
    self.bounds = bounds
  }

  /// What every stage computes for each band of inputs of a shape.
  ///
  /// There is more than one band when what lies between the stages exceeds a core's cache and there are bands that repeat little.
  ///
  /// - Throws: `GeometryError` when a stage does not fit.
  package func bands(for input: Shape) throws(GeometryError) -> [[BandPart]] {
    try plan(for: input).bands.map { $0.map(\.part) }
  }

  /// The result of the last stage.
  ///
  /// - Parameter input: `[batch, spatial..., channels]`.
  /// - Returns: `[batch, output spatial..., output channels]`; the same as one stage after the other gives, to rounding.
  /// - Throws: `GeometryError` when a stage does not fit.
  package func callAsFunction(_ input: Tensor) throws(GeometryError) -> Tensor {
    let plan = try plan(for: input.shape)
    let batch = input.shape.batch
    let split = WorkSplit(items: batch, rows: plan.bands.count, operations: batch * plan.operations)
    return Tensor(plan.output.with(batch: batch)) { destination in
      let target = SharedMemory(destination)
      Threads.forEach(split.tasks, onAtMost: split.threads) { task in
        let part = split[task]
        withExtendedLifetime(input) {
          plan.compute(
            part.rows, of: input.start + part.item * plan.input.count,
            into: target.start + part.item * plan.output.count)
        }
      }
    }
  }

  private func plan(for input: Shape) throws(GeometryError) -> BandPlan {
    if let plan = plans.kept.withLock({ $0.first { $0.input == input.with(batch: 1) } }) { return plan }
    let made = try BandPlan(stages, over: input, within: bounds)
    plans.kept.withLock { kept in
      if kept.count == Plans.mostKept { kept.removeFirst() }
      kept.append(made)
    }
    return made
  }
}

extension BandPlan {
  /// Computes some bands of an item.
  fileprivate func compute(
    _ bands: Range<Int>, of source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>
  ) {
    // What a stage gives lies in one half while the next one writes the other.
    let room = (floats + 15) / 16 * 16
    _ = Tensor([2 * room]) { between in
      let halves = SharedMemory(between).start
      for band in self.bands[bands] {
        let first = band[0].part.source.lowerBound * input.rowCount
        let last = band[band.count - 1].part.destination.lowerBound * output.rowCount
        var from = source + first
        for (index, (stage, step)) in zip(stages, band).enumerated() {
          let to = index == stages.count - 1 ? target + last : halves + index % 2 * room
          stage.compute(step.window, from, to)
          from = UnsafePointer(to)
        }
      }
    }
  }
}
