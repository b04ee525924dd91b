/// A choice of items by number, as a user writes it: `0-9,12`.
///
/// Numbers count from 0; both ends of a range are included.
public struct ItemSelection: Sendable, Hashable {
  /// What was written.
  public let text: String
  private let ranges: [ClosedRange<Int>]

  /// Reads numbers and ranges separated by commas; spaces do not count.
  ///
  /// - Throws: `DatasetError.items` when a part is neither, or a range ends before it begins.
  public init(parsing text: String) throws(DatasetError) {
    self.text = text
    var ranges: [ClosedRange<Int>] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let part = part.filter { !$0.isWhitespace }
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map(Self.number)
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2 else {
        throw .items(.malformed(part: part), text: text)
      }
      guard first <= last else { throw .items(.reversed(part: part), text: text) }
      ranges.append(first...last)
    }
    self.ranges = ranges
  }

  private static func number(_ digits: some StringProtocol) -> Int? {
    digits.utf8.allSatisfy { (48...57).contains($0) } ? Int(digits) : nil
  }

  /// The chosen ones among the numbers `0..<count`, in the order written, each once.
  ///
  /// - Throws: `DatasetError.items` when one of them is not there.
  public func indices(count: Int) throws(DatasetError) -> [Int] {
    var chosen: [Int] = []
    var seen: Set<Int> = []
    for range in ranges {
      guard range.upperBound < count else {
        throw .items(.outside(item: max(range.lowerBound, count), count: count), text: text)
      }
      for index in range where seen.insert(index).inserted { chosen.append(index) }
    }
    return chosen
  }
}
