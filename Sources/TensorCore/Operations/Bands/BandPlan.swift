/// What one stage of a sequence computes for a band.
package struct BandPart: Sendable {
  /// Coordinates of the stage's input that the band holds.
  package let source: Range<Int>
  /// Coordinates of its output.
  package let destination: Range<Int>
}

/// What decides how high bands are.
package struct BandBounds: Sendable {
  /// The bytes between the stages up to which a band stays in the cache that a core has for itself.
  package var cache: Int
  /// The share of multiplications that may be made twice.
  package var repeated: Double

  /// Creates bounds.
  package init(cache: Int = 1 << 19, repeated: Double = 0.05) {
    self.cache = cache
    self.repeated = repeated
  }
}

/// A sequence of stages over one input, divided into bands: runs of coordinates of the last output's outermost spatial axis.
///
/// Bands are the same whatever the number of threads. What two of them read of a stage between is computed for each.
final class BandPlan: Sendable {
  /// The extents of the input of one item.
  let input: Shape
  /// The stages.
  let stages: [FittedStage]
  /// For every band the window of every stage, and what it computes.
  let bands: [[(window: KernelWindow, part: BandPart)]]
  /// The floats that the largest band of any stage between takes.
  let floats: Int

  /// Divides an item.
  ///
  /// - Parameters:
  ///   - stages: The stages.
  ///   - input: The shape of the input.
  ///   - bounds: What decides how high bands are.
  /// - Throws: `GeometryError` when a stage does not fit.
  init(_ stages: [SlidingStage], over input: Shape, within bounds: BandBounds) throws(GeometryError) {
    self.input = input.with(batch: 1)
    var shape = self.input
    var fitted: [FittedStage] = []
    for stage in stages {
      fitted.append(try stage.fitted(to: shape))
      shape = fitted[fitted.count - 1].output
    }
    self.stages = fitted
    let parts = Self.bands(of: fitted, height: Self.height(of: fitted, within: bounds))
    bands = parts.map { parts in
      zip(fitted, parts).map { stage, part in
        let outermost = stage.axes[0].band(part.destination, over: part.source)
        return (KernelWindow([outermost] + stage.axes.dropFirst()), part)
      }
    }
    floats = parts.map { Self.floatsBetween(fitted, $0).max() ?? 0 }.max() ?? 0
  }

  /// The shape of the output of one item.
  var output: Shape { stages[stages.count - 1].output }

  /// The multiplications that one item takes.
  var operations: Int { stages.reduce(0) { $0 + $1.operations } }

  /// The parts of all stages, for every band of a height.
  private static func bands(of stages: [FittedStage], height: Int) -> [[BandPart]] {
    let rows = stages[stages.count - 1].output[1]
    return stride(from: 0, to: rows, by: height).map { first in
      var destination = first..<min(first + height, rows)
      var parts: [BandPart] = []
      for stage in stages.reversed() {
        let source = stage.axes[0].sources(of: destination)
        parts.append(BandPart(source: source, destination: destination))
        destination = source
      }
      return parts.reversed()
    }
  }

  /// For every stage but the last the floats of its output that a band holds.
  private static func floatsBetween(_ stages: [FittedStage], _ parts: [BandPart]) -> [Int] {
    zip(stages, parts).dropLast().map { stage, part in part.destination.count * stage.output.rowCount }
  }

  /// The greatest height that stays in the cache, or the least that repeats little.
  ///
  /// There is an even number of bands, so that two threads have the same to do.
  private static func height(of stages: [FittedStage], within bounds: BandBounds) -> Int {
    let rows = stages[stages.count - 1].output[1]
    let steps = stages.map(\.step).max() ?? 1
    let magnified = stages.dropFirst().reduce(1) { $0 * $1.axes[0].stride }
    let step = max(1, steps / magnified)
    var best = max(rows, 1)
    let whole = stages.dropLast().reduce(0) { $0 + $1.output.count }
    guard whole * MemoryLayout<Float>.stride > bounds.cache else { return best }
    for count in stride(from: 2, through: max(rows, 2), by: 2) {
      let height = max((rows + count * step - 1) / (count * step) * step, 1)
      let bands = bands(of: stages, height: height)
      let between = bands.map { floatsBetween(stages, $0).reduce(0, +) }.max() ?? 0
      guard repeated(stages, bands) <= bounds.repeated else { break }
      best = height
      if between * MemoryLayout<Float>.stride <= bounds.cache { break }
    }
    return best
  }

  /// The share of multiplications that bands add.
  private static func repeated(_ stages: [FittedStage], _ bands: [[BandPart]]) -> Double {
    let all = stages.reduce(0) { $0 + $1.operations }
    let done = stages.indices.reduce(0.0) { sum, index in
      let stage = stages[index]
      let rows = bands.reduce(0) { rows, parts in
        rows + (parts[index].destination.count + stage.step - 1) / stage.step * stage.step
      }
      return sum + Double(stage.operations) * Double(rows) / Double(max(stage.output[1], 1))
    }
    return done / Double(max(all, 1)) - 1
  }
}

extension Shape {
  /// The elements of one coordinate of the outermost spatial axis of one item.
  var rowCount: Int { itemCount / max(self[1], 1) }
}
