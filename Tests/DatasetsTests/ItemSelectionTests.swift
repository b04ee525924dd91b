import Datasets
import Testing

@Suite struct ItemSelectionTests {
  @Test(arguments: [
    ("0-9,12", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12]), ("7", [7]), ("3-3", [3]), (" 5 , 1 - 2 ", [5, 1, 2]),
    ("2,0-3,2", [2, 0, 1, 3]), ("0019", [19]),
  ])
  func numbersAndRangesAreChosenInOrderEachOnce(_ text: String, _ expected: [Int]) throws {
    #expect(try ItemSelection(parsing: text).indices(count: 20) == expected)
  }

  @Test(arguments: [
    ("", ""), ("1,,2", ""), ("1-2-3", "1-2-3"), ("-4", "-4"), ("4-", "4-"), ("a", "a"), ("1.5", "1.5"),
    ("1,2;3", "2;3"), ("99999999999999999999", "99999999999999999999"), ("٣", "٣"),
  ])
  func anythingElseIsRefused(_ text: String, _ part: String) {
    #expect(throws: DatasetError.items(.malformed(part: part), text: text)) {
      try ItemSelection(parsing: text)
    }
  }

  @Test func reversedRangesAreRefused() {
    #expect(throws: DatasetError.items(.reversed(part: "9-3"), text: "0,9-3")) {
      try ItemSelection(parsing: "0,9-3")
    }
  }

  /// The range of the last one would not fit into memory; its end is compared before it is walked.
  @Test(arguments: [("20", 20), ("18-25", 20), ("30-31", 30), ("0-9223372036854775807", 20)])
  func itemsMustExist(_ text: String, _ item: Int) throws {
    let selection = try ItemSelection(parsing: text)
    #expect(throws: DatasetError.items(.outside(item: item, count: 20), text: text)) {
      try selection.indices(count: 20)
    }
  }
}
