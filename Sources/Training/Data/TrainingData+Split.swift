import TensorCore

/// How many items are kept for validation.
public enum ValidationShare: Sendable, Hashable {
  /// A share of the items, above 0 and below 1, rounded to a whole number of them.
  case fraction(Double)
  /// A number of items.
  case count(Int)
}

extension TrainingData {
  /// Divides the data by chance into items to train with and items to validate on.
  ///
  /// The items are put into a random order by the seed, and the last ones are for validation; both sides list theirs in the order of the
  /// data. Stratified, every class gives the same share: whole items first, the rest to the classes with the largest remainders.
  ///
  /// - Parameters:
  ///   - share: How many items are for validation.
  ///   - seed: The seed of the order.
  ///   - isStratified: Whether every class gives the same share.
  /// - Returns: The two sides.
  /// - Throws: `TrainingError.unusableSplit` when a side would be empty, `noItemsOfClass` when a class has no item in a stratified split, and
  ///   errors of the labels.
  public func split(
    validation share: ValidationShare, seed: UInt32, isStratified: Bool = false
  ) throws(TrainingError) -> (training: DataSelection, validation: DataSelection) {
    try checkLabels()
    let kept: Int
    switch share {
    case .fraction(let fraction):
      guard fraction > 0, fraction < 1 else {
        throw .badSetting(name: "validation", value: "\(fraction)", expected: "a share between 0 and 1")
      }
      kept = Int((fraction * Double(count)).rounded())
    case .count(let number): kept = number
    }
    guard kept > 0, kept < count else { throw .unusableSplit(items: count, validation: kept) }
    var random = NumPyLegacyRandom(seed: seed)
    let order = random.permutation(count)
    var chosen = Set(order.suffix(kept))
    if isStratified {
      let numbers = try numbersOfClasses(keeping: kept)
      let labels = labels
      var left = numbers
      chosen = []
      for index in order.reversed() where left[labels[index]] > 0 {
        left[labels[index]] -= 1
        chosen.insert(index)
      }
    }
    return (
      DataSelection(of: self, (0..<count).filter { !chosen.contains($0) }),
      DataSelection(of: self, chosen.sorted())
    )
  }

  /// How many items of every class are for validation when `kept` are in all.
  private func numbersOfClasses(keeping kept: Int) throws(TrainingError) -> [Int] {
    let sizes = itemsPerClass
    if let empty = sizes.firstIndex(of: 0) { throw .noItemsOfClass(empty, classes: classes) }
    var numbers = sizes.map { $0 * kept / count }
    // The classes by what rounding down took from them; of equal ones the first.
    let byRemainder = sizes.indices.sorted {
      let (left, right) = (sizes[$0] * kept % count, sizes[$1] * kept % count)
      return left != right ? left > right : $0 < $1
    }
    for index in byRemainder.prefix(kept - numbers.reduce(0, +)) { numbers[index] += 1 }
    return numbers
  }
}
