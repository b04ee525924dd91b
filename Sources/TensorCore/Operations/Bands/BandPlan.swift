import Synchronization

/// What one stage computes for a band.
package struct BandPart: Sendable, Equatable {
  /// Coordinates of the stage's input that are read, from the first that this band or a later one reads.
  package let source: Range<Int>
  /// Coordinates of its output that are computed: those that the next stage is about to read and that are not there yet, which may be none.
  package let destination: Range<Int>
}

/// A sequence of stages over one input, divided into bands: runs of coordinates of the last output's outermost spatial axis.
///
/// Bands follow each other. Of what a stage gives, the coordinates that the next band reads too are kept, so nothing is computed twice but
/// where the item is divided into spans, one for every thread. Every stage computes runs that begin at a multiple of its step: so each
/// number is rounded as it would be in the whole tensor, however the item is divided.
final class BandPlan: Sendable {
  /// One stage of a band.
  struct Step: Sendable {
    let part: BandPart
    /// The window of the part; `nil` when the stage has nothing to compute.
    let window: KernelWindow?
    /// Where the first coordinate that is read lies in the buffer before the stage, or in the input.
    var sourceRow = 0
    /// Where the first coordinate that is computed goes in the buffer behind the stage, or in the output.
    var targetRow = 0
    /// The coordinates of the buffer behind the stage that are kept; they move to its front before the stage computes.
    var kept = 0..<0
  }

  /// The bands of a span, and the coordinates that each buffer between two stages holds at most.
  struct Span: Sendable {
    let bands: [[Step]]
    let capacities: [Int]
  }

  /// The extents of the input of one item.
  let input: Shape
  /// The stages.
  let stages: [FittedStage]
  /// The most spans into which an item is divided.
  let mostSpans: Int
  private let height: Int
  private let divisions = Mutex<[Int: [Span]]>([:])

  /// Plans the bands of an item.
  ///
  /// - Parameters:
  ///   - stages: The stages.
  ///   - input: The shape of the input.
  ///   - cache: The bytes between the stages up to which no bands are made, and which those of a band should not exceed.
  /// - Throws: `GeometryError` when a stage does not fit.
  init(_ stages: [SlidingStage], over input: Shape, within cache: Int) throws(GeometryError) {
    self.input = input.with(batch: 1)
    var shape = self.input
    var fitted: [FittedStage] = []
    for stage in stages {
      fitted.append(try stage.fitted(to: shape))
      shape = fitted[fitted.count - 1].output
    }
    self.stages = fitted
    let least = Self.leastHeight(of: fitted)
    height = Self.height(of: fitted, from: least, within: cache)
    mostSpans = height < shape[1] ? max(shape[1] / (2 * least), 1) : 1
  }

  /// The shape of the output of one item.
  var output: Shape { stages[stages.count - 1].output }

  /// The multiplications that one item takes.
  var operations: Int { stages.reduce(0) { $0 + $1.operations } }

  /// An item divided into spans that do not need each other.
  func spans(_ count: Int) -> [Span] {
    if let made = divisions.withLock({ $0[count] }) { return made }
    let (rows, step) = (output[1], stages[stages.count - 1].step)
    let ends = (0...count).map { $0 == count ? rows : $0 * rows / count / step * step }
    let made = zip(ends, ends.dropFirst()).map { Self.span($0..<$1, of: stages, height: height) }
    divisions.withLock { $0[count] = made }
    return made
  }

  /// The floats that the buffers between the stages take in a span.
  static func floats(_ stages: [FittedStage], _ capacities: [Int]) -> Int {
    zip(stages, capacities).reduce(0) { $0 + $1.1 * $1.0.output.rowCount }
  }
}

extension BandPlan {
  /// The least height of bands for which every stage computes no more than a step or two at a time.
  private static func leastHeight(of stages: [FittedStage]) -> Int {
    let magnified = stages.dropFirst().reduce(1) { $0 * $1.axes[0].stride }
    let last = stages[stages.count - 1].step
    let needed = max(1, (stages.map(\.step).max() ?? 1) / magnified)
    return (needed + last - 1) / last * last
  }

  /// The greatest height, doubled from the least, whose buffers stay in the cache or are hardly larger than with the least.
  private static func height(of stages: [FittedStage], from least: Int, within cache: Int) -> Int {
    let rows = stages[stages.count - 1].output[1]
    func bytes(_ height: Int) -> Int {
      // After a few bands the next ones take as much.
      let capacities = span(0..<min(rows, 8 * height), of: stages, height: height).capacities
      return floats(stages, capacities) * MemoryLayout<Float>.stride
    }
    let whole = stages.dropLast().reduce(0) { $0 + $1.output.count } * MemoryLayout<Float>.stride
    guard whole > cache, least < rows else { return rows }
    let fewest = bytes(least)
    guard fewest < whole else { return rows }
    var height = least
    while 2 * height < rows, bytes(2 * height) <= max(cache, fewest * 3 / 2) { height *= 2 }
    return height
  }

  private static func span(_ rows: Range<Int>, of stages: [FittedStage], height: Int) -> Span {
    var parts: [[BandPart]] = []
    // What every stage has computed, and behind the last stage what is asked for.
    var done = [Int?](repeating: nil, count: stages.count)
    var first = rows.lowerBound
    while first < rows.upperBound {
      // What would be left for a band lower than a step goes with this one.
      let isLast = rows.upperBound - first - height < stages[stages.count - 1].step
      let end = isLast ? rows.upperBound : first + height
      parts.append(Self.parts(of: stages, first..<end, &done))
      first = end
    }
    return placed(parts, of: stages)
  }

  /// What the stages compute, after what they have done, so that the last one can give some coordinates.
  private static func parts(
    of stages: [FittedStage], _ rows: Range<Int>, _ done: inout [Int?]
  ) -> [BandPart] {
    var parts: [BandPart] = []
    var needed = rows
    for (index, stage) in stages.enumerated().reversed() {
      let (extent, step) = (stage.output[1], stage.step)
      let first = done[index] ?? needed.lowerBound / step * step
      var end = max(needed.upperBound, first)
      if index < stages.count - 1, end > first {
        end = (end + step - 1) / step * step
        if extent - end < step { end = extent }
      }
      var source = stage.axes[0].sources(of: first..<end)
      if !source.isEmpty { source = stage.lowestSources[first]..<source.upperBound }
      parts.append(BandPart(source: source, destination: first..<end))
      done[index] = end
      needed = source
    }
    return parts.reversed()
  }

  /// The parts with their windows and with their places in the buffers.
  private static func placed(_ parts: [[BandPart]], of stages: [FittedStage]) -> Span {
    var held = [Range<Int>](repeating: 0..<0, count: stages.count)
    var capacities = [Int](repeating: 0, count: stages.count - 1)
    var windows = [(axis: Axis, window: KernelWindow)?](repeating: nil, count: stages.count)
    let bands = parts.map { parts in
      var steps: [Step] = []
      for (index, part) in parts.enumerated() {
        var step = Step(part: part, window: window(of: part, stages[index], &windows[index]))
        let before = index == 0 ? 0 : held[index - 1].lowerBound
        step.sourceRow = part.source.isEmpty ? 0 : part.source.lowerBound - before
        if index == stages.count - 1 {
          step.targetRow = part.destination.lowerBound
        } else {
          let read = parts[index + 1].source
          let now =
            held[index].isEmpty ? part.destination.lowerBound..<part.destination.lowerBound : held[index]
          let moves = !part.destination.isEmpty && !read.isEmpty
          let base = moves ? min(max(read.lowerBound, now.lowerBound), now.upperBound) : now.lowerBound
          step.kept = (base - now.lowerBound)..<now.count
          step.targetRow = part.destination.lowerBound - base
          held[index] = base..<part.destination.upperBound
          capacities[index] = max(capacities[index], held[index].count)
        }
        steps.append(step)
      }
      return steps
    }
    return Span(bands: bands, capacities: capacities)
  }

  /// The window of a part: in the midst of an item that of the band before.
  private static func window(
    of part: BandPart, _ stage: FittedStage, _ last: inout (axis: Axis, window: KernelWindow)?
  ) -> KernelWindow? {
    if part.destination.isEmpty { return nil }
    let axis = stage.axes[0].band(part.destination, over: part.source)
    if let last, last.axis == axis { return last.window }
    let window = KernelWindow([axis] + stage.axes.dropFirst())
    last = (axis, window)
    return window
  }
}

extension Shape {
  /// The elements of one coordinate of the outermost spatial axis of one item.
  var rowCount: Int { itemCount / max(self[1], 1) }
}
