import Figures
import Foundation
import Networks
import TestSupport
import Testing

@Suite struct ModelFigureTests {
  @Test(arguments: FigureFormat.allCases)
  func theSameModelGivesTheSameBytes(format: FigureFormat) throws {
    let model = try TinyNetwork(rank: 2).model()
    let bytes = try model.graphFigure(as: format)
    #expect(bytes.count > 1000)
    #expect(try model.graphFigure(as: format) == bytes)
  }

  @Test func theDocumentSaysWhatItShows() throws {
    let model = try TinyNetwork(rank: 1).model()
    let text = String(decoding: try model.graphFigure(as: .svg), as: UTF8.self)
    #expect(text.contains("<title>tiny</title>"))
    #expect(text.contains("9 layers"))
    #expect(text.contains("'conv-2-activation', which Grad-CAM uses by default"))
  }

  /// 9 rows of 36 with 8 gaps of 20, between a title and a margin.
  @Test func theDrawingIsAsTallAsItsRows() throws {
    let text = String(decoding: try TinyNetwork(rank: 1).model().graphFigure(as: .svg), as: UTF8.self)
    let match = try #require(text.firstMatch(of: /<svg[^>]* height="([0-9.]+)/))
    let height = try #require(Double(match.1))
    #expect(height > 9 * 36 + 8 * 20 && height < 9 * 36 + 8 * 20 + 120)
  }
}
