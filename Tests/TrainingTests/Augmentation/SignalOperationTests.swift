import TensorCore
import Testing
import Training

@Suite struct SignalOperationTests {
  @Test func cyclicShiftsAreAllEquallyLikely() throws {
    let shift = try CyclicShift()
    let signal = Tensor([1, 4, 2], [0, 10, 1, 11, 2, 12, 3, 13])
    var counts: [Float: Int] = [:]
    for item in 0..<4000 {
      let found = signal.augmented(by: [shift], item: item).values
      let first = Int(found[0])
      // Channels stay together, and the order is that of the signal from another beginning.
      let expected = (0..<4).flatMap { place -> [Float] in
        let sample = (place + first) % 4
        return [Float(sample), Float(10 + sample)]
      }
      #expect(found == expected)
      counts[found[0], default: 0] += 1
    }
    #expect(counts.count == 4)
    for (_, count) in counts { #expect(abs(count - 1000) < 140) }
  }

  /// Of eight samples a share of 0.25 are two in either direction.
  @Test func cyclicShiftsKeepWithinTheirShare() throws {
    let shift = try CyclicShift(share: 0.25)
    let firsts = Set(
      (0..<400).map { Tensor.counting([1, 8, 1]).augmented(by: [shift], item: $0).values[0] })
    #expect(firsts == [6, 7, 0, 1, 2])
    let none = try CyclicShift(share: 0)
    #expect(Tensor.counting([1, 8, 1]).augmented(by: [none]) == Tensor.counting([1, 8, 1]))
  }

  /// Rows and columns of an image move by numbers of their own.
  @Test func imagesAreShiftedAlongBothAxes() throws {
    let image = Tensor.counting([1, 3, 4, 1])
    var found: Set<[Float]> = []
    for item in 0..<600 { found.insert(image.augmented(by: [try CyclicShift()], item: item).values) }
    #expect(found.count == 12)
  }

  @Test func scalesAreOneFactorForAnItem() throws {
    let signal = Tensor.counting([1, 6, 2])
    let factors = try (0..<500).map { item -> Float in
      let found = signal.augmented(by: [try RandomScale(0.8...1.2)], item: item).values
      let factor = found[1]
      #expect(found == signal.values.map { $0 * factor })
      return factor
    }
    #expect(factors.allSatisfy { (0.8...1.2).contains($0) })
    #expect((factors.min() ?? 1) < 0.81 && (factors.max() ?? 1) > 1.19)
  }

  /// Five samples: the line has the values -t, -t/2, 0, t/2, t in both channels.
  @Test func tiltsAreLinesThroughTheMiddle() throws {
    let heights = try (0..<300).map { item -> Float in
      let found = Tensor([1, 5, 2]).augmented(by: [try RandomTilt(0.75)], item: item).values
      let t = found[9]
      let line = [-1, -1, -0.5, -0.5, 0, 0, 0.5, 0.5, 1, 1].map { Float($0) * t }
      #expect(zip(found, line).allSatisfy { abs($0 - $1) < 1e-6 })
      return t
    }
    #expect(heights.allSatisfy { abs($0) <= 0.75 })
    #expect((heights.min() ?? 0) < -0.7 && (heights.max() ?? 0) > 0.7)
  }

  /// A hundred thousand numbers: the mean is 0 and the deviation 0.12 to within five standard errors.
  @Test func noiseHasItsDeviation() throws {
    let noise = Tensor([1, 100_000, 1]).augmented(by: [try RandomNoise(deviation: 0.12)]).values.map {
      Double($0)
    }
    let mean = noise.reduce(0, +) / 100_000
    let variance = noise.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 100_000
    #expect(abs(mean) < 5 * 0.12 / 316)
    #expect(abs(variance.squareRoot() / 0.12 - 1) < 5 / 447)
    let outside = noise.count { abs($0) > 0.24 }
    // 4.55 % of a normal distribution lie beyond two deviations.
    #expect(abs(outside - 4550) < 330)
  }

  /// A warped ramp still rises, begins and ends where it did and moves by no more than the waves together.
  @Test func warpsKeepTheOrder() throws {
    let ramp = Tensor.counting([1, 101, 1])
    for item in 0..<50 {
      let found = ramp.augmented(by: [try TimeWarp(strength: 0.1)], item: item).values
      #expect(found[0] == 0 && found[100] == 100)
      #expect(zip(found, found.dropFirst()).allSatisfy { $0 <= $1 })
      let farthest = zip(found, ramp.values).map { abs($0 - $1) }.max() ?? 0
      #expect(farthest <= 100 * 0.1 * (1 + 0.5 + 0.34) && farthest > 0.01)
    }
    #expect(ramp.augmented(by: [try TimeWarp(strength: 0)]) == ramp)
  }

  @Test func brightnessKeepsWithinLimits() throws {
    let image = Tensor([1, 1, 4, 1], [0, 0.25, 0.5, 1])
    for item in 0..<100 {
      let found = image.augmented(by: [try RandomBrightness(1.5...2)], item: item).values
      let factor = found[1] / 0.25
      #expect(found[0] == 0 && found[3] == 1 && found[2] == min(0.5 * factor, 1))
      #expect((1.5...2).contains(factor))
    }
  }

  @Test func settingsOutOfRangeAreRefused() {
    func sentence(_ make: () throws(AugmentationError) -> any AugmentationOperation) -> String {
      do throws(AugmentationError) { _ = try make() } catch { return error.description }
      return ""
    }
    func expected(_ id: String, _ name: String, _ range: String, _ found: String) -> String {
      "the setting '\(name)' of the augmentation '\(id)' should be \(range), but it is \(found)"
    }
    #expect(
      sentence { () throws(AugmentationError) in try CyclicShift(share: 1.5) }
        == expected("cyclic-shift", "share", "from 0 to 1", "1.5"))
    #expect(
      sentence { () throws(AugmentationError) in try RandomScale(0...5000) }
        == expected("scale", "range", "from -1000 to 1000", "5000"))
    #expect(
      sentence { () throws(AugmentationError) in try RandomTilt(-1) }
        == expected("tilt", "slope", "from 0 to 1000000", "-1"))
    #expect(
      sentence { () throws(AugmentationError) in try RandomNoise(deviation: .nan) }
        == expected("noise", "deviation", "from 0 to 1000000", "nan"))
    #expect(
      sentence { () throws(AugmentationError) in try TimeWarp(strength: 0.2) }
        == expected("warp", "strength", "from 0 to 0.1", "0.2"))
    #expect(
      sentence { () throws(AugmentationError) in try RandomBrightness(-1...1) }
        == expected("brightness", "range", "from 0 to 1000", "-1"))
  }
}
