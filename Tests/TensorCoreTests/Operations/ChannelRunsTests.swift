import TensorCore
import TestSupport
import Testing

@Suite struct ChannelRunsTests {
  // Two positions of three channels: 0 1 2 | 3 4 5.
  private let input = Tensor([1, 2, 3], [0, 1, 2, 3, 4, 5])

  @Test func someChannels() {
    #expect(input.channels(1..<3) == Tensor([1, 2, 2], [1, 2, 4, 5]))
    #expect(input.channels(0..<0).shape == [1, 2, 0])
  }

  @Test func runsAndBack() {
    let runs = input.channelRuns(3)
    #expect(runs == [0, 1, 2].map { Tensor([1, 2, 1], [$0, $0 + 3]) })
    #expect(Tensor(joiningChannels: runs) == input)
    #expect(
      Tensor(joiningChannels: [runs[2], input]) == Tensor([1, 2, 4], [2, 0, 1, 2, 5, 3, 4, 5]))
  }
}
