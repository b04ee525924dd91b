import Explainers
import TensorCore
import Testing

@Suite struct RegionTests {
  private func attribution(_ map: Tensor) -> Attribution {
    Attribution(
      map: map, input: Tensor(map.shape), output: Tensor([1, 2]), target: 0, scoreSpace: .logit, score: 0,
      method: "gradient", preset: .signed)
  }

  /// Magnitudes of a total of 20; the five positions of at least 2 lie in three runs, one of which changes its sign.
  @Test func intervalsOfASignal() {
    let map = Tensor([1, 10, 1], [0, 2, 4, -3, 0.5, 0, 0, -5, -5, 0.5])
    let regions = attribution(map).regions(.threshold(2))
    #expect(
      regions == [
        Region(
          lowerBounds: [7], upperBounds: [9], area: 2, centroid: [7.5], sum: -10, share: 0.5, peak: -5,
          peakPosition: [7]),
        Region(
          lowerBounds: [1], upperBounds: [3], area: 2, centroid: [1.5], sum: 6, share: 0.3, peak: 4,
          peakPosition: [2]),
        Region(
          lowerBounds: [3], upperBounds: [4], area: 1, centroid: [3], sum: -3, share: 0.15, peak: -3,
          peakPosition: [3]),
      ])
  }

  /// Corners do not connect: an L of three pixels and one beside its corner.
  @Test func patchesOfAnImage() {
    let map = Tensor(
      [1, 3, 4, 1],
      [
        1, 0, 0, 0,
        2, 3, 0, 0,
        0, 0, 4, 0,
      ])
    let regions = attribution(map).regions(.threshold(0.5))
    #expect(regions.map(\.area) == [3, 1])
    #expect(regions[0].lowerBounds == [0, 0] && regions[0].upperBounds == [2, 2])
    #expect(regions[0].centroid == [2.0 / 3, 1.0 / 3])
    #expect(regions[0].sum == 6 && regions[0].share == 0.6 && regions[0].peakPosition == [1, 1])
    #expect(regions[1].lowerBounds == [2, 2] && regions[1].upperBounds == [3, 3])
  }

  /// Two of ten positions; of the equal threes the first.
  @Test func theTopIsCountedInPositionsAndBreaksTiesByIndex() {
    let map = Tensor([1, 10, 1], [3, 0, 0, 0, 7, 0, 0, 3, 0, 0])
    let places = attribution(map).regions(.top(share: 0.2)).map(\.peakPosition)
    #expect(places == [[4], [0]])
    #expect(attribution(Tensor([1, 10, 1])).regions(.top(share: 1)).isEmpty)
  }

  @Test func otsuSplitsTwoClasses() {
    let map = Tensor([1, 8, 1], [0.1, 0.2, 0.1, 5, 5.5, 0.2, 0.1, 0])
    let regions = attribution(map).regions(.otsu)
    #expect(regions.count == 1 && regions[0].lowerBounds == [3] && regions[0].upperBounds == [5])
  }

  /// Channels are added before anything is compared: 3 - 3 is nothing.
  @Test func channelsAreAdded() {
    let map = Tensor([1, 2, 2], [3, -3, 1, 1])
    let regions = attribution(map).regions(.threshold(0.5))
    #expect(regions.count == 1 && regions[0].lowerBounds == [1] && regions[0].sum == 2)
  }

  @Test func anAxisOfExtentOneChangesNothing() {
    let map = Tensor([1, 30, 1], seed: 3)
    let flat = attribution(map).regions()
    let embedded = attribution(map.reshaped(to: [1, 1, 30, 1])).regions()
    #expect(flat.map(\.sum) == embedded.map(\.sum) && !flat.isEmpty)
    #expect(flat.map { [0] + $0.lowerBounds } == embedded.map(\.lowerBounds))
  }

  @Test func texts() {
    let good: [(String, RegionRule)] = [
      ("top 20%", .top(share: 0.2)), ("top20%", .top(share: 0.2)), ("top:0.2", .top(share: 0.2)),
      ("otsu", .otsu), ("threshold 0.5", .threshold(0.5)), ("threshold=1e-3", .threshold(1e-3)),
    ]
    for (text, rule) in good { #expect(RegionRule(text) == rule, "\(text)") }
    for text in ["", "top", "top 0%", "top 101%", "threshold", "threshold -1", "threshold nan", "most"] {
      #expect(RegionRule(text) == nil, "\(text)")
    }
  }
}
