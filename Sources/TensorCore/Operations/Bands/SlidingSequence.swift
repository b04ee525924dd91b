import Synchronization

/// Convolutions and poolings that follow each other, computed together for one band of positions after the other.
///
/// A band is a run of coordinates of the outermost spatial axis. For a band of the last output every stage computes what the next one reads
/// and what is not there from the band before, so what lies between two stages is a few rows that stay in the cache; as whole tensors it
/// would go to memory and come back. All numbers are the same to the last bit as those of one stage after the other.
///
/// Cost: the multiplications of the stages, and where one item is divided among threads a few percent more; memory of two or three bands
/// per thread.
package struct SlidingSequence: Sendable {
  /// The stages, in the order in which they are computed.
  package let stages: [SlidingStage]
  private let cache: Int
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
  ///   - cache: The bytes between the stages up to which no bands are made: about what a core has for itself.
  package init(_ stages: [SlidingStage], within cache: Int = 1 << 19) {
    precondition(!stages.isEmpty, "a sequence has at least one stage")
    self.stages = stages
    self.cache = cache
  }

  /// What every stage computes for each band of inputs of a shape, for every span of an item.
  ///
  /// There is more than one band when what lies between the stages exceeds a core's cache.
  ///
  /// - Parameters:
  ///   - input: The shape of the input.
  ///   - spans: The number of spans, which are computed independently of each other; fewer when an item has not that many.
  /// - Returns: For every span its bands, and for every band the parts of all stages.
  /// - Throws: `GeometryError` when a stage does not fit.
  package func bands(for input: Shape, spans: Int = 1) throws(GeometryError) -> [[[BandPart]]] {
    let plan = try plan(for: input)
    return plan.spans(min(spans, plan.mostSpans)).map { $0.bands.map { $0.map(\.part) } }
  }

  /// The result of the last stage.
  ///
  /// - Parameter input: `[batch, spatial..., channels]`.
  /// - Returns: `[batch, output spatial..., output channels]`; the same as one stage after the other gives.
  /// - Throws: `GeometryError` when a stage does not fit.
  package func callAsFunction(_ input: Tensor) throws(GeometryError) -> Tensor {
    let plan = try plan(for: input.shape)
    let batch = input.shape.batch
    let threads = WorkSplit(items: batch, rows: 1, operations: batch * plan.operations).threads
    let spans = plan.spans(Self.spans(ofEach: batch, for: min(threads, Threads.free), atMost: plan.mostSpans))
    return Tensor(plan.output.with(batch: batch)) { destination in
      let target = SharedMemory(destination)
      Threads.forEach(batch * spans.count, onAtMost: threads) { task in
        let item = task / spans.count
        withExtendedLifetime(input) {
          plan.compute(
            spans[task % spans.count], of: input.start + item * plan.input.count,
            into: target.start + item * plan.output.count)
        }
      }
    }
  }

  /// How many spans each item is divided into, so that all threads have the same to do; one when there are many items.
  private static func spans(ofEach batch: Int, for threads: Int, atMost most: Int) -> Int {
    guard batch < 4 * threads else { return 1 }
    return min((1...threads).first { batch * $0 % threads == 0 } ?? 1, most)
  }

  private func plan(for input: Shape) throws(GeometryError) -> BandPlan {
    if let plan = plans.kept.withLock({ $0.first { $0.input == input.with(batch: 1) } }) { return plan }
    let made = try BandPlan(stages, over: input, within: cache)
    plans.kept.withLock { kept in
      if kept.count == Plans.mostKept { kept.removeFirst() }
      kept.append(made)
    }
    return made
  }
}

extension BandPlan {
  /// Computes a span of an item.
  fileprivate func compute(
    _ span: Span, of source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>
  ) {
    let sizes = zip(stages, span.capacities).map { ($0.output.rowCount * $1 + 15) / 16 * 16 }
    _ = Tensor([max(sizes.reduce(0, +), 1)]) { memory in
      var buffers: [UnsafeMutablePointer<Float>] = []
      var next = SharedMemory(memory).start
      for size in sizes {
        buffers.append(next)
        next += size
      }
      for band in span.bands {
        for (index, step) in band.enumerated() {
          guard let window = step.window else { continue }
          let row = stages[index].output.rowCount
          let from =
            index == 0
            ? source + step.sourceRow * input.rowCount
            : UnsafePointer(buffers[index - 1]) + step.sourceRow * stages[index - 1].output.rowCount
          let to = index == stages.count - 1 ? target : buffers[index]
          if !step.kept.isEmpty, step.kept.lowerBound > 0 {
            to.update(from: to + step.kept.lowerBound * row, count: step.kept.count * row)
          }
          stages[index].compute(window, from, to + step.targetRow * row)
        }
      }
    }
  }
}
