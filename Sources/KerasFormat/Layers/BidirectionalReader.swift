import Networks
import TensorCore

/// `Bidirectional` around a recurrent layer, with or without a layer of its own for the way back.
enum BidirectionalReader: KerasLayer {
  static let classNames = ["Bidirectional"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let configuration = source.configuration
    let mode = try configuration.text("merge_mode", default: "concat")
    guard !configuration.isNull("merge_mode"), let merge = BidirectionalLayer.Merge(rawValue: mode) else {
      throw configuration.unsupported(
        "the merge_mode", configuration.isNull("merge_mode") ? "null" : "'\(mode)'",
        hint: "use one of concat, sum, mul and ave")
    }
    let forward = try configuration.part("layer")
    let listed = try RecurrentCellReader.weightCount(of: forward)
    let count = source.weights.orderedCount.map { $0 / 2 } ?? listed
    let first = try recurrence(
      forward, source, try source.weights.part(.places(0..<count), in: ["forward_layer"]))
    let second: Recurrence
    if configuration.values["backward_layer"] != nil {
      let backward = try configuration.part("backward_layer")
      let end = count + (try RecurrentCellReader.weightCount(of: backward))
      second = try recurrence(
        backward, source, try source.weights.part(.places(count..<end), in: ["backward_layer"]))
    } else {
      let twin = try recurrence(
        forward, source, try source.weights.part(.places(count..<(2 * count)), in: ["backward_layer"]))
      second = Recurrence(
        twin.cell, isReversed: !twin.isReversed, returnsSequence: twin.returnsSequence,
        maskedOutput: twin.maskedOutput)
    }
    return [BidirectionalLayer(forward: first, backward: second, merge: merge)]
  }

  static func maskFlow(for source: LayerSource) throws(KerasFormatError) -> MaskFlow {
    try source.configuration.part("layer").flag("return_sequences", default: false) ? .readAndPassed : .read
  }

  /// The recurrence of one direction: Keras makes the sequences of wrapped layers zero at masked steps.
  private static func recurrence(
    _ part: LayerConfiguration, _ source: LayerSource, _ weights: LayerWeights
  ) throws(KerasFormatError) -> Recurrence {
    try RecurrentReader.recurrence(
      for: LayerSource(configuration: part, weights: weights, inputs: source.inputs),
      maskedOutput: part.flag("return_sequences", default: false) ? .zero : .repeated)
  }
}
