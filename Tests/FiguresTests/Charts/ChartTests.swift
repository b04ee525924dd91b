import Figures
import Foundation
import Testing

@Suite struct ChartTests {
  private let line = LineChart(
    title: "Deletion", xLabel: "fraction", yLabel: "score",
    series: [
      .init(name: "a", places: [.init(x: 0, y: 1), .init(x: 0.5, y: 0.25, error: 0.05), .init(x: 1, y: 0)]),
      .init(name: "b", places: [.init(x: 0, y: 1), .init(x: 1, y: 0.5)]),
    ])
  private let intervals = IntervalChart(
    title: "Sparseness", label: "mean",
    rows: [.init(name: "a", value: 0.5, interval: 0.4...0.625), .init(name: "b", value: -0.25)])
  private let map = MapChart(title: "x", rows: 2, columns: 3, values: [0, 1, 2, -1, 0, 1], preset: .signed)

  @Test func axesHoldAllValues() {
    #expect(line.xRange == 0...1)
    #expect(line.yRange.lowerBound < 0 && line.yRange.upperBound > 1)
    #expect(intervals.range.contains(0.625) && intervals.range.contains(-0.25) && intervals.range.contains(0))
    // Bars stand on zero: 4 % room above 0.8, none below.
    let single = IntervalChart(title: "", label: "", rows: [.init(name: "", value: 0.8)]).range
    #expect(single.lowerBound == 0 && abs(single.upperBound - 0.832) < 1e-9)
  }

  @Test func nothingToShowHasAnAxisAllTheSame() {
    #expect(LineChart(title: "", xLabel: "", yLabel: "", series: []).xRange == 0...1)
    #expect(IntervalChart(title: "", label: "", rows: []).range == -0.5...0.5)
    #expect(LineChart(title: "", xLabel: "", yLabel: "", series: [], showsDiagonal: true).yRange == 0...1)
  }

  @Test(arguments: FigureFormat.allCases)
  func theSameChartGivesTheSameBytes(format: FigureFormat) throws {
    #expect(try line.figure(as: format) == line.figure(as: format))
    #expect(try intervals.figure(as: format) == intervals.figure(as: format))
    #expect(try map.figure(as: format) == map.figure(as: format))
    #expect(try line.figure(as: format).count > 1000)
  }

  /// Charts below each other: the page is about twice as high, and the upper chart is drawn as alone but for its place.
  @Test func chartsAreStacked() throws {
    let stack = LineChartStack(title: "Curves", charts: [line, line])
    #expect(try stack.figure(as: .png) == stack.figure(as: .png))
    func height(_ svg: Data) throws -> Double {
      let text = String(decoding: svg, as: UTF8.self)
      let match = try #require(text.firstMatch(of: #/ height="([0-9.]+)/#))
      return try #require(Double(match.1))
    }
    let (one, two) = (try height(line.figure(as: .svg)), try height(stack.figure(as: .svg)))
    #expect(two > 1.7 * one && two < 2.2 * one)
  }

  @Test func manyCurvesAndLongNamesAreDrawn() throws {
    var chart = line
    chart.series = (0..<30).map { number in
      .init(name: String(repeating: "\u{7}name \(number) ", count: 40), places: line.series[0].places)
    }
    #expect(try chart.figure(as: .png).count > 1000)
  }
}
