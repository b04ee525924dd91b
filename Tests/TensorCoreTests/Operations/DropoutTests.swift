import TensorCore
import TestSupport
import Testing

@Suite struct DropoutTests {
  /// 64 positions of 5 channels in each of 33 items: an odd number of elements.
  private let input = Tensor([33, 13, 7, 5], seed: 1, from: 0.5, to: 1.5)

  /// What is not dropped is divided by the share that stays, and that share is hit to four standard deviations.
  @Test(arguments: [0.1, 0.25, 0.5, 0.9]) func elementsAreDroppedAtTheRate(rate: Double) {
    let output = Dropout(rate: rate, of: .element, seed: 4)(input)
    let factor = Float(1 / (1 - rate))
    var dropped = 0
    for (x, y) in zip(input.values, output.values) {
      #expect(y == 0 || y == x * factor)
      dropped += y == 0 ? 1 : 0
    }
    let count = Double(input.count)
    #expect(abs(Double(dropped) - rate * count) < 4 * (rate * (1 - rate) * count).squareRoot())
  }

  /// The mean of many draws is the input: 400 draws of factors 0 and 2 have a mean with deviation 1 / 20.
  @Test func theMeanStays() {
    let small = Tensor([1, 6], repeating: 1)
    var sums = [Float](repeating: 0, count: 6)
    for seed in 0..<400 {
      let output = Dropout(rate: 0.5, of: .element, seed: UInt64(seed))(small).values
      for index in 0..<6 { sums[index] += output[index] / 400 }
    }
    #expect(sums.allSatisfy { abs($0 - 1) < 0.2 })
    #expect(Set(sums).count > 1)
  }

  @Test func channelsAreDroppedAtAllPositions() {
    let output = Dropout(rate: 0.4, of: .channel, seed: 9)(input)
    var dropped = 0
    for item in 0..<33 {
      for channel in 0..<5 {
        let kept = (0..<13).flatMap { row in (0..<7).map { output[item, row, $0, channel] != 0 } }
        #expect(Set(kept).count == 1)
        dropped += kept[0] ? 0 : 1
      }
    }
    // 165 channels of which 66 are dropped on average, with deviation 6.3.
    #expect((41...91).contains(dropped))
    let kept = zip(input.values, output.values).filter { $1 != 0 }
    #expect(kept.allSatisfy { $1 == $0 * Float(1 / 0.6) })
  }

  @Test(arguments: Dropout.Unit.allCases) func seedsAloneDecide(unit: Dropout.Unit) {
    let large = Tensor([9, 123, 101], repeating: 1)
    let drawn = Dropout(rate: 0.3, of: unit, seed: 2)(large)
    let inTask = Threads.count
    defer { Threads.count = inTask }
    for threads in [1, 3] {
      Threads.count = threads
      #expect(Dropout(rate: 0.3, of: unit, seed: 2)(large) == drawn)
    }
    #expect(Dropout(rate: 0.3, of: unit, seed: 3)(large) != drawn)
  }

  /// A part of a batch meets the draws that the whole batch has for its items, also behind an odd number of elements.
  @Test(arguments: Dropout.Unit.allCases) func partsMeetTheDrawsOfTheWhole(unit: Dropout.Unit) {
    let dropout = Dropout(rate: 0.4, of: unit, seed: 12)
    let whole = dropout(input)
    for items in [0..<1, 1..<4, 4..<32, 32..<33, 0..<33] {
      #expect(dropout(input.items(items), behind: items.lowerBound) == whole.items(items))
    }
  }

  @Test func nothingIsDroppedAtRateZero() {
    #expect(Dropout(rate: 0, of: .element, seed: 1)(input) == input)
  }
}
