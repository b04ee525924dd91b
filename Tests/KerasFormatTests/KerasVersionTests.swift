import KerasFormat
import Testing

@Suite struct KerasVersionTests {
  @Test(
    arguments: [
      (nil, 1), ("", 1), ("unknown", 1), ("1.2.2", 1), ("2.0.0", 2), ("2.2.4-tf", 2), ("2.15.0", 2),
      ("3.15.1", 3),
      ("10.0", 10), ("99999999999999999999", 1),
    ] as [(String?, Int)])
  func major(text: String?, major: Int) {
    #expect(KerasVersion(parsing: text).major == major)
  }
}
