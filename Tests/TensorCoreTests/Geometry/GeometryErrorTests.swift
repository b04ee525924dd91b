import Boundary
import TensorCore
import Testing

@Suite struct GeometryErrorTests {
  static let sentences: [(GeometryError, String)] = [
    (
      .rankMismatch(window: 2, input: 1),
      "a window over 2 spatial axes cannot slide over an input with 1 spatial axes"
    ),
    (
      .parameterOutOfRange(name: "stride", value: 0, least: 1, most: 1_048_576),
      "a stride of 0 is outside the range 1 to 1048576"
    ),
    (
      .windowTooLarge(axis: 1, window: 5, input: 4),
      "a window that reaches over 5 cells does not fit into 4 cells along spatial axis 1"
    ),
    (.channelMismatch(expected: 25, found: 3), "the operation takes 25 channels, but its input has 3"),
    (.groupMismatch(channels: 25, groups: 4), "25 channels cannot be divided into 4 groups"),
    (
      .weightMismatch(name: "bias", expected: [25], found: [1, 25]),
      "the bias should have shape 25, but has shape 1x25"
    ),
    (
      .notAnIndex(position: 3, value: 2.5, most: 9),
      "element 3 of an item is 2.5, where an index, a whole number from 0 to 9, is needed"
    ),
    (
      .everythingMasked(item: 1),
      "item 1 has no position that is not masked, so the mean of its positions does not exist"
    ),
  ]

  @Test(arguments: sentences)
  func everyFactHasItsSentence(error: GeometryError, sentence: String) {
    #expect(error.description == sentence)
    #expect(error.failureClass == .badData)
  }
}
