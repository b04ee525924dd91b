import Explainers
import Reports
import TensorCore
import Testing

@Suite struct AttributionTableTests {
  private func text(_ map: Tensor, _ input: Tensor, _ channels: ChannelReduction? = nil) -> String {
    let attribution = Attribution(
      map: map, input: input, output: Tensor([1, 2]), target: 0, scoreSpace: .logit, score: 1,
      method: "gradient",
      preset: .signed)
    return String(decoding: attribution.table(channels: channels).bytes, as: UTF8.self)
  }

  @Test func aSignalOfOneChannel() {
    let found = text(Tensor([1, 2, 1], [0.1, -1e-7]), Tensor([1, 2, 1], [3, 4.5]))
    #expect(found == "position,input,attribution\n0,3.0,0.1\n1,4.5,-1e-07\n")
  }

  @Test func aSignalOfTwoChannels() {
    let (map, input) = (Tensor([1, 2, 2], [1, 2, 3, -4]), Tensor([1, 2, 2], [5, 6, 7, 8]))
    #expect(
      text(map, input)
        == "position,channel,input,attribution\n0,0,5.0,1.0\n0,1,6.0,2.0\n1,0,7.0,3.0\n1,1,8.0,-4.0\n")
    #expect(text(map, input, .sum) == "position,attribution\n0,3.0\n1,-1.0\n")
    #expect(text(map, input, .mean) == "position,attribution\n0,1.5\n1,-0.5\n")
    #expect(text(map, input, .maximumMagnitude) == "position,attribution\n0,2.0\n1,4.0\n")
  }

  @Test func aMapWithoutChannelsIsRepeatedForEach() {
    let found = text(Tensor([1, 1, 1], [9]), Tensor([1, 1, 2], [5, 6]))
    #expect(found == "position,channel,input,attribution\n0,0,5.0,9.0\n0,1,6.0,9.0\n")
  }

  @Test func anImageIsSummedOverItsChannels() {
    let (map, input) = (Tensor([1, 1, 2, 2], [1, 2, 3, -4]), Tensor([1, 1, 2, 2], [5, 6, 7, 8]))
    #expect(text(map, input) == "row,column,attribution\n0,0,3.0\n0,1,-1.0\n")
    #expect(
      text(map, input, .keep)
        == "row,column,channel,input,attribution\n0,0,0,5.0,1.0\n0,0,1,6.0,2.0\n0,1,0,7.0,3.0\n0,1,1,8.0,-4.0\n"
    )
  }

  @Test func aVolumeHasPlanes() {
    let volume = Tensor([1, 2, 1, 2, 1], [1, 2, 3, 4])
    #expect(
      text(volume, volume) == "plane,row,column,attribution\n0,0,0,1.0\n0,0,1,2.0\n1,0,0,3.0\n1,0,1,4.0\n")
  }

  @Test func anInputWithoutPositionsHasFeatures() {
    #expect(
      text(Tensor([1, 2], [1, 2]), Tensor([1, 2], [3, 4]))
        == "feature,input,attribution\n0,3.0,1.0\n1,4.0,2.0\n")
  }
}
