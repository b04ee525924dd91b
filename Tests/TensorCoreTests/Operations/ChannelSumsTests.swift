import TensorCore
import TestSupport
import Testing

@Suite struct ChannelSumsTests {
  /// Three positions of two channels: (1, 2), (3, 4), (5, 9), and around (2, 5).
  @Test func aFewNumbersByHand() {
    let tensor = Tensor([1, 3, 2], [1, 2, 3, 4, 5, 9])
    let other = Tensor([1, 3, 2], [3, 5, 2, 6, 0, 4])
    #expect(ChannelSums.values(tensor) == [9, 15])
    // 1 + 1 + 9 and 9 + 1 + 16.
    #expect(ChannelSums.squares(tensor, around: [2, 5]) == [11, 26])
    // 1*1 + 3*0 + 5*-2 and 2*0 + 4*1 + 9*-1.
    let sums = ChannelSums.products(tensor, other, around: [2, 5])
    #expect(sums.values == [9, 15])
    #expect(sums.products == [-9, -5])
  }

  /// More elements than a block has: whole numbers add up exactly, in every number of blocks.
  @Test(arguments: [1, 3, 64]) func blocksAddUp(channels: Int) {
    let positions = 200_000 / channels
    let tensor = Tensor([positions, channels], (0..<(positions * channels)).map { Float($0 % 7) })
    var expected = [Double](repeating: 0, count: channels)
    for index in 0..<(positions * channels) { expected[index % channels] += Double(index % 7) }
    #expect(ChannelSums.values(tensor) == expected)
    let zero = [Double](repeating: 0, count: channels)
    #expect(
      ChannelSums.squares(tensor, around: zero) == ChannelSums.products(tensor, tensor, around: zero).products
    )
  }

  @Test func nothingHasNoSums() { #expect(ChannelSums.values(Tensor([0, 4, 2])) == [0, 0]) }

  /// 2 * 3 - 1 * (7 - 5) + 0.5 = 4.5.
  @Test func aCombinationByHand() {
    let combination = ChannelCombination(factor: [2], slope: [-1], center: [5], shift: [0.5])
    #expect(combination(Tensor([1, 1], [3]), Tensor([1, 1], [7])) == Tensor([1, 1], [4.5]))
  }
}
