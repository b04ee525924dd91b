import TensorCore
import Testing
import Training

@Suite struct AffineOperationTests {
  @Test func withoutSettingsNothingChanges() {
    let input = Tensor.counting([3, 5, 4, 2])
    #expect(input.augmented(by: [AffineOperation()]) == input)
  }

  /// A flip of probability one: `1 2 3` is `3 2 1`, for signals and along each axis of images.
  @Test func flipsAreExact() throws {
    var flip = AffineOperation()
    flip.flip = [1]
    #expect(Tensor([1, 3, 1], [1, 2, 3]).augmented(by: [flip]).values == [3, 2, 1])
    flip.flip = [1, 0]
    let image = Tensor([1, 2, 3, 1], [1, 2, 3, 4, 5, 6])
    #expect(image.augmented(by: [flip]).values == [4, 5, 6, 1, 2, 3])
    flip.flip = [0, 1]
    #expect(image.augmented(by: [flip]).values == [3, 2, 1, 6, 5, 4])
  }

  /// `numpy.rot90([[1, 2], [3, 4]], k)` for k of 0 to 3.
  @Test(
    arguments: [(0, [1, 2, 3, 4]), (1, [2, 4, 1, 3]), (2, [4, 3, 2, 1]), (3, [3, 1, 4, 2])]
      as [(Int, [Float])])
  func quarterTurnsAreExact(_ turns: Int, _ expected: [Float]) {
    var map = AffineMap(rank: 2)
    map.turn(byQuarters: turns)
    let image = Tensor([1, 2, 2, 1], [1, 2, 3, 4])
    #expect(image.augmented(by: [FixedAffine(map: map, fill: .nearest)]).values == expected)
  }

  @Test func turnsAndFlipsAreDrawnEquallyOften() throws {
    var operation = AffineOperation()
    operation.flip = [0.5, 0]
    operation.quarterTurns = true
    let image = Tensor([1, 2, 2, 1], [1, 2, 3, 4])
    var counts: [[Float]: Int] = [:]
    for item in 0..<4000 { counts[image.augmented(by: [operation], item: item).values, default: 0] += 1 }
    // The eight symmetries of a square, each of 500 with a deviation of 21.
    #expect(counts.count == 8)
    for (_, count) in counts { #expect(abs(count - 500) < 105) }
  }

  /// A shift of half a sample to the right in the input: means of neighbours, `4` repeated at the edge.
  @Test func halfASampleIsTheMeanOfNeighbours() {
    var map = AffineMap(rank: 1)
    map.shift(by: [0.5])
    let found = Tensor([1, 4, 1], [0, 2, 6, 4]).augmented(by: [FixedAffine(map: map, fill: .nearest)])
    #expect(found.values == [1, 4, 5, 4])
  }

  /// Two samples to the left of `1 2 3`: `1 1 1`, `2 1 1` (mirrored: `... 2 1 | 1 2 3`) and `9 9 1`.
  @Test(
    arguments: [(.nearest, [1, 1, 1]), (.reflect, [2, 1, 1]), (.constant(9), [9, 9, 1])]
      as [(FillMode, [Float])])
  func outsideIsFilled(_ fill: FillMode, _ expected: [Float]) {
    var map = AffineMap(rank: 1)
    map.shift(by: [-2])
    let found = Tensor([1, 3, 1], [1, 2, 3]).augmented(by: [FixedAffine(map: map, fill: fill)])
    #expect(found.values == expected)
  }

  /// A signal and the same signal as an image of one row go through the same draws.
  @Test func rankIsAFactOfTheRun() {
    var operation = AffineOperation()
    operation.shift = [0.3]
    let signal = Tensor.counting([1, 12, 2])
    let found = signal.augmented(by: [operation], item: 3)
    operation.shift = [0, 0.3]
    let image = signal.reshaped(to: [1, 1, 12, 2]).augmented(by: [operation], item: 3)
    #expect(found.values == image.values)
    #expect(found.values != signal.values)
  }

  @Test func settingsOutOfRangeAreRefused() {
    func sentence(_ item: Shape = [1, 4, 4, 1], _ change: (inout AffineOperation) -> Void) -> String? {
      var operation = AffineOperation()
      change(&operation)
      do throws(AugmentationError) { try operation.check(item) } catch { return error.description }
      return nil
    }
    #expect(sentence { $0.rotation = 20 } == nil)
    #expect(
      sentence { $0.rotation = 200 }
        == "the setting 'rotation' of the augmentation 'affine' should be from 0 to 180, but it is 200")
    #expect(
      sentence { $0.zoom = 0...1 }
        == "the setting 'zoom' of the augmentation 'affine' should be from 0.01 to 100, but it is 0")
    #expect(
      sentence { $0.flip = [0, 0, 1] }
        == "the setting 'flip' of the augmentation 'affine' should be one number, or one for each of 2 spatial axes, but it is 3 numbers"
    )
    #expect(
      sentence([1, 40, 1]) { $0.rotation = 5 }
        == "the setting 'rotation' of the augmentation 'affine' is for items with 2 spatial axes or more, but these have 1; leave it out"
    )
    #expect(
      sentence([1, 4, 6, 3]) { $0.quarterTurns = true }
        == "items of 4x6 cannot be turned by quarters, because height and width differ; leave 'quarter-turns' out"
    )
  }
}
