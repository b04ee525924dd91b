import Figures
import Testing

@Suite struct EnvelopeTests {
  @Test(arguments: [(10, 3), (7, 7), (1000, 640), (5, 1)])
  func columnsShareAllSamples(count: Int, columns: Int) {
    let parts = (0..<columns).map { Envelope.indices($0, of: columns, count: count) }
    #expect(parts.flatMap { $0 } == Array(0..<count))
    #expect(parts.allSatisfy { !$0.isEmpty })
  }

  @Test func outlineKeepsTheExtremes() {
    // Two columns of three samples: first, lowest, highest, last of each.
    #expect(Envelope.outline([3, 9, 1, 4, -2, 5], columns: 2) == [[3, 1, 9, 1], [4, -2, 5, 5]])
  }

  @Test func strongestKeepsTheSignAndTheFirstOfEquals() {
    #expect(Envelope.strongest([1, -4, 2, 2, -2, 0], columns: 2) == [-4, 2])
    #expect(Envelope.strongest([1, -4], columns: 2) == [1, -4])
  }
}
