import Foundation
import Reports
import Testing

@Suite struct MapContentsTests {
  private func map(_ text: String) throws -> MapContents {
    let folder = try RunFixture(["m.csv": text])
    return try MapContents("\(folder.path)/m.csv")
  }

  @Test func aSignalHasItsInput() throws {
    let found = try map(RunFixture.signal)
    #expect(found.axes == ["position"] && found.extents == [4] && found.channels == 1)
    #expect(found.input == [1.5, -2, 0, 4])
    #expect(found.values == [0.25, -0.5, 0, 1])
  }

  @Test func channelsAreInnermost() throws {
    let found = try map(
      "position,channel,input,attribution\n0,0,1,5\n0,1,2,6\n1,0,3,7\n1,1,4,8\n2,0,9,9\n2,1,9,9\n")
    #expect(found.extents == [3] && found.channels == 2)
    #expect(found.input == [1, 2, 3, 4, 9, 9])
  }

  @Test func imagesAndVolumesHaveTheirExtents() throws {
    let image = try map("row,column,attribution\n0,0,1\n0,1,2\n0,2,3\n1,0,4\n1,1,5\n1,2,6\n")
    #expect(image.axes == ["row", "column"] && image.extents == [2, 3] && image.input == nil)
    #expect(image.values == [1, 2, 3, 4, 5, 6])
    let kept = try map("row,column,channel,input,attribution\n0,0,0,1,2\n0,0,1,3,4\n")
    #expect(kept.extents == [1, 1] && kept.channels == 2 && kept.positions == 1)
    let volume = try map(
      "plane,row,column,attribution\n" + (0..<8).map { "\($0 / 4),\($0 / 2 % 2),\($0 % 2),\($0)\n" }.joined())
    #expect(volume.extents == [2, 2, 2])
    #expect(try map("feature,input,attribution\n0,1,2\n").axes == ["feature"])
  }

  @Test(arguments: [
    ("item,method\n", "line 1: expected the columns of a map"),
    ("", "line 1: expected the columns of a map"),
    ("position,input,attribution\n", "line 2: expected a row for every position, found none"),
    ("position,input,attribution\n0,1,nan\n", "line 2: expected a finite number in the column 'attribution'"),
    ("position,input,attribution\n0,1,1\n2,1,1\n", "line 3: expected the position behind [0], found [2]"),
    ("position,input,attribution\n1,1,1\n", "line 2: expected zeros, found [1]"),
    ("position,input,attribution\n-0,1,1\n", "line 2: expected a whole number in the column 'position'"),
    ("position,input,attribution\n0,1\n", "line 2: expected 3 cells, found 2"),
    ("row,column,attribution\n0,0,1\n0,1,1\n1,0,1\n", "line 5: expected the rows of the remaining positions"),
    ("row,column,attribution\n0,0,1\n0,1,1\n1,0,1\n2,0,1\n", "line 5: expected equal rows"),
    (
      "row,column,attribution\n0,0,1\n0,1,1\n1,0,1\n1,1,1\n1,2,1\n",
      "line 7: expected the rows of the remaining"
    ),
  ])
  func aDamagedMapIsRefused(text: String, part: String) throws {
    let folder = try RunFixture(["m.csv": text])
    let error = #expect(throws: ReportError.self) { try MapContents("\(folder.path)/m.csv") }
    #expect(error?.failureClass == .badData)
    #expect(error?.description.contains("m.csv', \(part)") == true, "\(error?.description ?? "")")
  }
}
