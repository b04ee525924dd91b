import Networks

/// What becomes of the masks of what a layer reads, as Keras has it.
///
/// The mask of a sequence is a value of the graph of its own: `[batch, time, 1]`, one where a step counts.
enum MaskFlow {
  /// The output has no mask.
  case dropped
  /// The output has the mask of the first input.
  case passed
  /// The masks that there are become further inputs of the layer's first operation; the output has none.
  case read
  /// The masks become further inputs, and the output has the mask of the first input.
  case readAndPassed
  /// As `readAndPassed`, but layers that read the same inputs later find no mask on them.
  case taken
  /// The output has a mask that an operation makes of the input.
  case made(any Layer)
  /// The output has a mask that an operation makes of the masks of all inputs that have one.
  case joined(any Layer)
  /// As `joined`, and the masks become further inputs of the layer's first operation.
  case readAndJoined(any Layer)

  /// Whether the masks become inputs of the layer.
  var isRead: Bool {
    switch self {
    case .read, .readAndPassed, .taken, .readAndJoined: true
    default: false
    }
  }

  /// The classes that pass a mask on without looking at it: those whose `supports_masking` Keras sets.
  static let passingClasses: Set = [
    "Activation", "ActivityRegularization", "AlphaDropout", "BatchNormalization", "Dense", "Dropout", "ELU",
    "GaussianDropout", "GaussianNoise", "GroupNormalization", "Identity", "LayerNormalization", "LeakyReLU",
    "PReLU", "ReLU", "Rescaling", "Softmax", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D",
    "ThresholdedReLU", "TimeDistributed", "UnitNormalization",
  ]
}

extension KerasLayer {
  /// Passed on by the classes that Keras knows to keep masks, joined by those that merge, dropped by all others.
  static func maskFlow(for source: LayerSource) throws(KerasFormatError) -> MaskFlow {
    let configuration = source.configuration
    switch configuration.layerClass {
    case let name where MaskFlow.passingClasses.contains(name): return .passed
    case "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate":
      guard !source.masked.isEmpty else { return .dropped }
      let axis = configuration.values["axis"]?.wholeNumber ?? -1
      let rank = source.inputs[0].rank
      let isAlongChannels = axis == -1 || axis == rank - 1
      guard isAlongChannels || source.masked.count == source.inputs.count && source.axis(axis) == 1 else {
        throw configuration.unsupported(
          "the axis", "\(axis) for masked inputs",
          hint: "join sequences along their channels, or sequences all of which have a mask along the time")
      }
      if !isAlongChannels { return .joined(ConcatenationLayer(axis: 1)) }
      // Version 3 lets a step count that counts in any input, if all have a mask; versions before, one that counts in all.
      if configuration.kerasVersion.major < 3 { return .joined(MaskMergeLayer(.all)) }
      let isWhole = source.masked.count == source.inputs.count
      if MergeReader.looksAtMasks(source) { return isWhole ? .readAndJoined(MaskMergeLayer(.any)) : .read }
      return isWhole ? .joined(MaskMergeLayer(.any)) : .dropped
    default: return .dropped
    }
  }
}
