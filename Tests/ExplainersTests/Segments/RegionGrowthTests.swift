import Explainers
import Foundation
import TestSupport
import Testing

@Suite struct RegionGrowthTests {
  @Test(arguments: ["signal", "image"], [1, 4, 20])
  func coveringIsThatOfTheAuthors(name: String, least: Int) throws {
    let answers = try StoredAnswers("\(Bundle.module.bundlePath)/Resources/region-growth.answers.h5")
    let values = try answers.doubles(0, of: "\(name)/values")
    let labels = try answers.integers("\(name)/labels")
    let segmentations = stride(from: 0, to: labels.count, by: values.count).map {
      Segments(labels: Array(labels[$0..<($0 + values.count)]))
    }
    let expected = try answers.doubles(0, of: "\(name)/covered-\(least)")
    let found = RegionGrowth.map(of: values, over: segmentations, least: least)
    for (a, b) in zip(found, expected) { #expect(abs(a - b) <= 1e-12) }
    #expect(found.count == expected.count)
  }

  /// Means 2 and 1: the pair of 3 and 1 comes first, then what is left of the whole, 1 and 1.
  @Test func whatIsCoveredCountsOnce() {
    let found = RegionGrowth.map(
      of: [3, 1, 1, 1], over: [Segments(labels: [0, 0, 0, 0]), Segments(labels: [0, 0, 1, 1])])
    #expect(found == [2, 2, 1, 1])
  }
}
