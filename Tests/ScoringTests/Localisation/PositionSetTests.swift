import Scoring
import Testing

@Suite struct PositionSetTests {
  static func marks(_ rows: String...) -> PositionSet {
    PositionSet(
      rows.flatMap { $0.map { $0 == "x" } },
      over: rows.count == 1 ? [rows[0].count] : [rows.count, rows[0].count])
  }

  /// Corners do not connect; of two regions of three positions the first wins.
  @Test func regionsAreConnectedByFaces() {
    let set = Self.marks("xx..x", "..x.x", "x.xxx")
    #expect(set.largestRegion == Self.marks("....x", "..x.x", "..xxx"))
    #expect(Self.marks("xxx.xxx.x").largestRegion == Self.marks("xxx......"))
    #expect(Self.marks("...").largestRegion == Self.marks("..."))
  }

  @Test func boxesHoldAllMembers() {
    #expect(Self.marks(".x...", "...x.", ".....").box == Self.marks(".xxx.", ".xxx.", "....."))
    #expect(Self.marks(".x..x.").box == Self.marks(".xxxx."))
    #expect(Self.marks("...").box == Self.marks("..."))
  }

  @Test func overlaps() {
    #expect(Self.marks("xx.").intersectionOverUnion(Self.marks(".xx")) == 1 / 3.0)
    #expect(Self.marks("...").intersectionOverUnion(Self.marks("...")) == 0)
  }
}
