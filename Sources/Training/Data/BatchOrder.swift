import TensorCore

/// Which items every step of an epoch takes.
///
/// The order of an epoch is `permutation(count)` of `NumPyLegacyRandom(seed: seed, item: epoch)`: it follows from the seed and the number of
/// the epoch alone, so that training goes on after an interruption as if there had been none.
public struct BatchOrder: Sendable, Hashable {
  /// The number of items.
  public let count: Int
  /// The number of items of a batch.
  public let batchSize: Int
  /// Whether items that do not fill a batch at the end of an epoch are left out.
  public let dropsLast: Bool
  /// The seed.
  public let seed: UInt32

  /// Creates an order.
  ///
  /// - Parameters:
  ///   - count: The number of items.
  ///   - batchSize: The number of items of a batch.
  ///   - dropsLast: Whether items that do not fill a batch at the end of an epoch are left out.
  ///   - seed: The seed.
  /// - Throws: `TrainingError` when a batch has no item, or no batch can be filled.
  public init(count: Int, batchSize: Int, dropsLast: Bool = false, seed: UInt32 = 0) throws(TrainingError) {
    guard batchSize >= 1 else {
      throw .badSetting(name: "batch", value: "\(batchSize)", expected: "a number of items from 1 on")
    }
    guard count >= 1 else { throw .noItems }
    guard !dropsLast || count >= batchSize else {
      throw .badSetting(
        name: "batch", value: "\(batchSize)",
        expected: "at most the number of items, \(count), when the last batch is dropped unless it is full")
    }
    self.count = count
    self.batchSize = batchSize
    self.dropsLast = dropsLast
    self.seed = seed
  }

  /// The number of batches of an epoch.
  public var stepsPerEpoch: Int { dropsLast ? count / batchSize : (count + batchSize - 1) / batchSize }

  /// The batches of an epoch.
  ///
  /// - Parameter epoch: The epoch, counted from 0.
  /// - Returns: The indices of the items of every batch.
  public func batches(ofEpoch epoch: Int) -> [[Int]] {
    var random = NumPyLegacyRandom(seed: seed, item: epoch)
    let order = random.permutation(count)
    return (0..<stepsPerEpoch).map { Array(order[($0 * batchSize)..<min(($0 + 1) * batchSize, count)]) }
  }
}
