import Networks
import TensorCore

/// `SimpleRNN`, `LSTM`, `GRU`, their cuDNN variants, `RNN` over cells, `ConvLSTM1D` to `ConvLSTM3D`.
///
/// States start at zero, also of stateful layers. Of `return_state` the first output is read; `dropout`, `unroll` and `implementation`
/// change nothing at inference.
enum RecurrentReader: KerasLayer {
  static let classNames = [
    "SimpleRNN", "LSTM", "GRU", "CuDNNLSTM", "CuDNNGRU", "RNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D",
  ]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let zeroes = try source.configuration.flag("zero_output_for_mask", default: false)
    return [RecurrentLayer(try recurrence(for: source, maskedOutput: zeroes ? .zero : .repeated))]
  }

  static func maskFlow(for source: LayerSource) throws(KerasFormatError) -> MaskFlow {
    try source.configuration.flag("return_sequences", default: false) ? .readAndPassed : .read
  }

  /// The recurrence of a layer.
  static func recurrence(
    for source: LayerSource, maskedOutput: Recurrence.MaskedOutput
  ) throws(KerasFormatError) -> Recurrence {
    let configuration = source.configuration
    guard classNames.contains(configuration.layerClass) else {
      throw configuration.unsupported(
        "the class", "'\(configuration.layerClass)'",
        hint: "the recurrent classes are \(classNames.joined(separator: ", "))")
    }
    if try configuration.flag("time_major", default: false) {
      throw configuration.unsupported("time_major", "true", hint: "save the model with the batch axis first")
    }
    let step = try source.step()
    let listed = try RecurrentCellReader.weightCount(of: configuration)
    let count = source.weights.orderedCount ?? listed
    let folders = configuration.layerClass.hasPrefix("CuDNN") ? [] : ["cell"]
    let cell = try RecurrentCellReader.cell(
      for: LayerSource(
        configuration: configuration, weights: try source.weights.part(.places(0..<count), in: folders),
        inputs: [step]))
    return Recurrence(
      cell, isReversed: try configuration.flag("go_backwards", default: false),
      returnsSequence: try configuration.flag("return_sequences", default: false), maskedOutput: maskedOutput)
  }
}

extension LayerSource {
  /// The shape of one step of the first input, `[1, spatial..., channels]`.
  func step() throws(KerasFormatError) -> Shape {
    let input = inputs[0]
    return try fitting { () throws(GeometryError) in
      guard input.rank >= 3 else { throw .rankMismatch(window: 1, input: max(input.rank - 2, 0)) }
      return Shape([1] + input.extents.dropFirst(2))
    }
  }
}
