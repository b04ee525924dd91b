import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

/// Models whose layers have the channels before the spatial axes; their answers are among those of `StoredAnswersTests`.
@Suite struct ChannelsFirstTests {
  private func permutations(in model: Model) -> Int { model.nodes.count { $0.layer is PermutationLayer } }

  /// Every permutation cancels: the image comes in with its channels last, and only a vector leaves the spatial part.
  @Test func neighbouringLayersArePermutedNowhere() throws {
    let model = try Model(keras: Fixture.path("image-channels-first-k3.h5"))
    #expect(permutations(in: model) == 0)
    #expect(model.takesChannelsFirstArrays())
    #expect(model.inputShape == [1, 9, 9, 3])
  }

  /// `Flatten` without `channels_first` counts the elements in the file's order: one permutation before it.
  @Test func layersThatReadTheFilesOrderGetIt() throws {
    let model = try Model(keras: Fixture.path("signal-channels-first-k3.h5"))
    #expect(permutations(in: model) == 1)
    let layer = try model.node(named: "conv1d")
    #expect(model.nodes[layer].shape == [1, 17, 4])
  }

  @Test func otherModelsTakeArraysAsTheyAre() throws {
    #expect(try !Model(keras: Fixture.path("image-convolution-k3.h5")).takesChannelsFirstArrays())
  }
}
