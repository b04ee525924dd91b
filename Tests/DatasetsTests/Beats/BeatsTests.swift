import Datasets
import Foundation
import TensorCore
import Testing

@Suite struct BeatsTests {
  private static func options(_ count: Int, seed: UInt32 = 3) -> Beats.Options {
    var options = Beats.Options()
    (options.count, options.seed) = (count, seed)
    return options
  }

  @Test func shapesAndSharesAreAsAskedFor() throws {
    let made = try Beats(Self.options(20))
    #expect(made.train.x.shape == [80, 220])
    #expect(made.test.x.shape == [20, 220])
    #expect(made.test.extent.shape == [20, 2])
    #expect(made.t.doubles().first == -0.36)
    let labels = try #require(made.train.y.integers()) + (made.test.y.integers() ?? [])
    #expect((0..<5).map { label in labels.count { $0 == label } } == [20, 20, 20, 20, 20])
    #expect(made.train.x.doubles().allSatisfy { abs($0) < 2 })
  }

  @Test func theSameSeedGivesTheSameBeatsOnAnyNumberOfThreads() throws {
    let before = Threads.count
    defer { Threads.count = before }
    let first = try Beats(Self.options(12))
    for threads in [1, 3] {
      Threads.count = threads
      let again = try Beats(Self.options(12))
      #expect(again.train.x == first.train.x)
      #expect(again.test.mask == first.test.mask)
      #expect(again.test.y == first.test.y)
    }
    #expect(try Beats(Self.options(12, seed: 4)).train.x != first.train.x)
  }

  @Test(arguments: BeatClass.allCases)
  func aClassDiffersFromItsNormalTwinInsideTheMaskAlone(_ kind: BeatClass) throws {
    for item in 0..<200 {
      let normal = Beats.Beat(.normal, item: item, Self.options(1))
      let beat = Beats.Beat(kind, item: item, Self.options(1))
      let differing = beat.values.indices.filter { beat.values[$0] != normal.values[$0] }
      #expect(differing.allSatisfy { beat.mask[$0] == 1 })
      // The mask is no larger than it must be: nearly every sample of it differs, most of them by more than the noise.
      #expect(differing.count >= beat.mask.count { $0 == 1 } * 9 / 10)
      let largest = differing.map { abs(beat.values[$0] - normal.values[$0]) }.max() ?? 0
      #expect(kind == .normal ? largest == 0 : largest > 0.15)
    }
  }

  @Test func withoutNoiseABeatIsTheSumOfItsWaves() throws {
    var options = Self.options(1)
    (options.noise, options.wander) = (0, 0)
    for kind in BeatClass.allCases {
      for item in 0..<20 {
        let beat = Beats.Beat(kind, item: item, options)
        // No wave reaches beyond the beat's ends.
        #expect(beat.values.first == 0 && beat.values.last == 0)
        #expect(abs((beat.values.max() ?? 0) - 1) < 0.25)
      }
    }
  }

  @Test func extentsAreThoseOfTheMasks() throws {
    let made = try Beats(Self.options(10)).train
    let (masks, ends) = (try #require(made.mask.integers()), try #require(made.extent.integers()))
    let labels = try #require(made.y.integers())
    for row in labels.indices {
      let mask = masks[(220 * row)..<(220 * row + 220)].map { $0 }
      let (first, end) = (ends[2 * row], ends[2 * row + 1])
      #expect(mask == (0..<220).map { first <= $0 && $0 < end ? 1 : 0 })
      #expect((labels[row] == 0) == (end == 0))
    }
  }

  @Test func everythingIsReadBackAsItWas() throws {
    let made = try Beats(Self.options(4))
    let folder = try TemporaryFolder()
    let paths = ["a", "b"].map { "\(folder.path)/\($0).h5" }
    for path in paths { try made.write(to: path) }
    let bytes = try paths.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
    #expect(bytes[0] == bytes[1])
    let file = try ArrayFile(contentsOf: paths[0])
    #expect(
      file.entries.map(\.description) == [
        "'extent' (16x2 int64)", "'extent_test' (4x2 int64)", "'mask' (16x220 int64)",
        "'mask_test' (4x220 int64)", "'t' (220 float64)", "'templates/x' (5x220 float64)",
        "'templates/y' (5 int64)", "'x' (16x220 float64)", "'x_test' (4x220 float64)", "'y' (16 int64)",
        "'y_test' (4 int64)",
      ])
    #expect(try file.array(named: "x") == made.train.x)
    #expect(try file.array(named: "templates/x") == made.templates)
    #expect(try file.array(named: "extent_test").integers() == made.test.extent.integers())
    #expect(try file.labels(forKey: "x_test") == made.test.y.integers())
  }

  @Test(arguments: [
    ("count", 0.0), ("count", 1e7), ("sampling rate", 49), ("sampling rate", .nan), ("train fraction", 1.5),
    ("noise", -1), ("wander", .infinity),
  ])
  func valuesOutOfRangeAreRefused(_ name: String, _ value: Double) {
    var options = Beats.Options()
    switch name {
    case "count": options.count = Int(value)
    case "sampling rate": options.samplingRate = value
    case "train fraction": options.trainFraction = value
    case "noise": options.noise = value
    default: options.wander = value
    }
    #expect {
      _ = try Beats(options)
    } throws: { error in
      guard case DatasetError.option(name, _, _) = error else { return false }
      return true
    }
  }
}
