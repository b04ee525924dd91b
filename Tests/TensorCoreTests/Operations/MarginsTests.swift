import TensorCore
import Testing

@Suite struct MarginsTests {
  @Test(arguments: 1...3, [1, 3, 25, 33])
  func paddingPutsZerosAroundAndCroppingTakesThemAway(rank: Int, channels: Int) {
    var draw = Draw(seed: rank * 100 + channels)
    let extents = (0..<rank).map { _ in draw.int(1...4) }
    let margins = (0..<rank).map { _ in Padding.Margin(low: draw.int(0...2), high: draw.int(0...2)) }
    let input = draw.wholeNumbers(Shape(batch: 2, spatial: extents, channels: channels))
    let padded = input.padded(by: margins)
    #expect(padded.shape.spatial == zip(extents, margins).map { $0 + $1.low + $1.high })

    // Padding is a convolution with one tap of weight one over the same margins: input cell i becomes cell i + low.
    var expected = [Float](repeating: 0, count: padded.count)
    for (index, value) in input.values.enumerated() {
      var position = unflatten(index, input.shape)
      for axis in 0..<rank { position[axis + 1] += margins[axis].low }
      expected[zip(position, padded.shape.extents).reduce(0) { $0 * $1.1 + $1.0 }] = value
    }
    #expect(padded.values == expected)
    #expect(padded.cropped(by: margins) == input)

    let cotangent = draw.wholeNumbers(padded.shape)
    #expect(product(padded, cotangent) == product(input, cotangent.cropped(by: margins)))
  }

  @Test func aSignalByHand() {
    let padded = Tensor([1, 2, 1], [5, 6]).padded(by: [.init(low: 1, high: 2)])
    #expect(padded == Tensor([1, 5, 1], [0, 5, 6, 0, 0]))
    #expect(
      Tensor([1, 4, 1], [1, 2, 3, 4]).cropped(by: [.init(low: 2, high: 1)]) == Tensor([1, 1, 1], [3]))
  }

  private func unflatten(_ index: Int, _ shape: Shape) -> [Int] {
    var rest = index
    return Array(
      shape.extents.reversed().map { extent in
        defer { rest /= extent }
        return rest % extent
      }.reversed())
  }
}
