import TensorCore

/// In which portions masks are drawn, and when there have been enough.
///
/// There are twenty checkpoints. Masks between them are drawn at most 1,024 at a time (fewer where a mask is described by more than 4,096
/// numbers), so that memory does not grow with their number.
///
/// *Stable* means: the highest tenth of the values (at least one of them; ties go to the earlier) at a checkpoint shares 95 % of its members
/// with that of the checkpoint before, three checkpoints in a row.
struct MaskSchedule {
  /// The most masks that are drawn at once.
  static let portion = 1024
  /// The number of checkpoints.
  static let checkpoints = 20
  /// The share of the values whose ranking is watched.
  static let watchedShare = 0.1
  /// The share of them that must stay.
  static let neededOverlap = 0.95
  /// How often in a row they must stay.
  static let neededStays = 3

  /// The masks that there are to be at most.
  let count: Int
  /// Whether to stop before, when the ranking is stable.
  let stopsWhenStable: Bool
  /// How many numbers describe a mask.
  var numbersPerMask = 1

  /// What came of a schedule.
  struct Outcome {
    /// The masks that were run.
    var masks: Int
    /// A sentence about an early stop.
    var notes: [String]
  }

  /// Runs the masks.
  ///
  /// - Parameters:
  ///   - run: Draws and runs the masks of a range, and adds them to what was run before.
  ///   - values: The values whose ranking is watched, as the masks so far give them.
  /// - Returns: How many masks were run.
  /// - Throws: What `run` throws.
  func run(
    _ run: (Range<Int>) throws(ExplanationError) -> Void, watching values: () -> [Double]
  ) throws(ExplanationError) -> Outcome {
    let portion = min(max((Self.portion << 12) / max(numbersPerMask, 1), 1), Self.portion)
    let step = max((count + Self.checkpoints - 1) / Self.checkpoints, 1)
    var watch = RankingWatch()
    for first in stride(from: 0, to: count, by: step) {
      let end = min(first + step, count)
      for start in stride(from: first, to: end, by: portion) {
        let range = start..<min(start + portion, end)
        try WorkProgress.stages(range, of: count) { () throws(ExplanationError) in try run(range) }
      }
      if stopsWhenStable, end < count, watch.isStable(at: values()) {
        return Outcome(
          masks: end,
          notes: ["stopped after \(end) of \(count) masks, because the highest tenth of the map was stable"])
      }
    }
    return Outcome(masks: count, notes: [])
  }
}

/// Compares the highest values of successive checkpoints.
struct RankingWatch {
  private var highest: Set<Int>?
  private var stays = 0

  /// Whether the highest values have stayed the same for long enough.
  mutating func isStable(at values: [Double]) -> Bool {
    let size = max(Int((MaskSchedule.watchedShare * Double(values.count)).rounded(.up)), 1)
    let order = values.indices.sorted { (values[$0], $1) > (values[$1], $0) }
    let now = Set(order.prefix(size))
    let shared = highest.map { Double($0.intersection(now).count) } ?? -1
    stays = shared >= MaskSchedule.neededOverlap * Double(now.count) ? stays + 1 : 0
    highest = now
    return stays >= MaskSchedule.neededStays
  }
}
