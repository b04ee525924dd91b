import KerasFormat
import Testing

@Suite struct JSONValueTests {
  @Test(
    arguments: [
      ("null", .null), ("true", .boolean(true)), ("0", .integer(0)), ("1", .integer(1)), ("-7", .integer(-7)),
      ("0.001", .number(0.001)), ("1e3", .integer(1000)), ("\"1\"", .string("1")), ("[]", .array([])),
      ("{}", .object([:])), ("[null, [1, \"a\"]]", .array([.null, .array([.integer(1), .string("a")])])),
      ("{\"a\": {\"b\": false}}", .object(["a": .object(["b": .boolean(false)])])),
      ("\"\\u00fc\\n\"", .string("ü\n")),
    ] as [(String, JSONValue)])
  func parses(text: String, value: JSONValue) throws {
    #expect(try JSONValue(parsing: text) == value)
  }

  /// Python writes numbers that JSON does not have.
  @Test func parsesWhatPythonWrites() throws {
    let value = try JSONValue(parsing: "{\"a\": NaN, \"b\": Infinity, \"c\": [-Infinity]}")
    #expect(value["a"]?.realNumber?.isNaN == true)
    #expect(value["b"]?.realNumber == .infinity)
    #expect(value["c"]?.elements?.first?.realNumber == -.infinity)
    #expect(value["a"]?.wholeNumber == nil)
    #expect(value["b"]?.wholeNumber == nil)
  }

  @Test(arguments: [
    "", "words", "[1", "{\"a\" 1}", "[1] 2", "\"open", String(repeating: "[", count: 100_000),
  ])
  func refuses(text: String) {
    #expect(throws: (any Error).self) { try JSONValue(parsing: text) }
  }

  @Test func refusesNestingThatWouldExhaustTheStack() throws {
    let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    #expect(throws: (any Error).self) { try JSONValue(parsing: deep) }
    // As deep as configurations are, and more.
    let shallow = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
    #expect(try JSONValue(parsing: shallow).elements?.count == 1)
  }

  @Test func membersAndKinds() throws {
    let value = try JSONValue(
      parsing: "{\"text\": \"a\", \"list\": [1], \"none\": null, \"flag\": true, \"pi\": 3.14}")
    #expect(value["text"]?.text == "a")
    #expect(value["list"]?.elements == [.integer(1)])
    #expect(value["none"] == nil)
    #expect(value["absent"] == nil)
    #expect(value["flag"]?.truth == true)
    #expect(value["pi"]?.realNumber == 3.14)
    #expect(value["pi"]?.wholeNumber == nil)
    #expect(value["text"]?.wholeNumber == nil && value["flag"]?.wholeNumber == nil)
    #expect(JSONValue.integer(3)["key"] == nil)
  }

  @Test(arguments: [(1e3, 1000), (-2, -2), (1e15, nil), (1e300, nil), (0.5, nil)] as [(Double, Int?)])
  func wholeNumbersWrittenAsFractions(number: Double, whole: Int?) {
    #expect(JSONValue.number(number).wholeNumber == whole)
  }

  @Test(
    arguments: [
      (.null, "nothing"), (.boolean(true), "true"), (.integer(3), "3"), (.number(0.5), "0.5"),
      (.string("same"), "the text 'same'"),
      (.string(String(repeating: "x", count: 99)), "the text '\(String(repeating: "x", count: 60))'"),
      (.array([.integer(1), .string("a")]), "the list [1, the text 'a']"),
      (.array([.array([])]), "the list [a list]"),
      (.array(Array(repeating: .null, count: 5)), "a list of 5"), (.object([:]), "an object"),
    ] as [(JSONValue, String)])
  func summaries(value: JSONValue, summary: String) {
    #expect(value.summary == summary)
  }
}
