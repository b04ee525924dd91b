import Networks

/// Which mask Keras gives to a value.
///
/// In a Keras file masks are not written: layers make them and hand them on. A model has them as values of the graph, so that what is
/// written has to be compared with what the versions of Keras make of it.
indirect enum WrittenMask: Hashable {
  /// That of `Masking` of a value.
  case masking(WrittenMember.Reference, value: Float)
  /// That of `Embedding` of indices.
  case embedding(WrittenMember.Reference)
  /// A step counts that counts in all.
  case all(Set<WrittenMask>)
  /// A step counts that counts in any.
  case any(Set<WrittenMask>)
  /// One behind the other.
  case joined([WrittenMask])

  /// The mask of several by a rule: of a single one that one itself.
  static func merged(_ masks: [WrittenMask], by rule: MaskMergeLayer.Rule) -> WrittenMask? {
    let different = Set(masks)
    guard different.count > 1 else { return different.first }
    return switch rule {
    case .all: .all(different)
    case .any: .any(different)
    }
  }

  /// The mask that a node of a model holds.
  ///
  /// - Parameters:
  ///   - layer: Its operation.
  ///   - values: The layers whose values it reads.
  ///   - masks: The masks that it reads.
  /// - Returns: The mask; `nil` when the node holds a value.
  static func held(
    by layer: any Layer, values: [WrittenMember.Reference], masks: [WrittenMask]
  ) -> WrittenMask? {
    switch layer {
    case let layer as MaskLayer where !values.isEmpty:
      switch layer.rule {
      case .anyChannel(let value): return .masking(values[0], value: value)
      case .indexOtherThanZero: return .embedding(values[0])
      }
    case let layer as MaskMergeLayer: return merged(masks, by: layer.rule)
    case is ConcatenationLayer where values.isEmpty: return .joined(masks)
    default: return nil
    }
  }
}

/// The masks of a value in both versions of Keras.
struct WrittenMasks: Equatable {
  var older: WrittenMask?
  var newer: WrittenMask?

  /// No mask.
  init() {}

  /// The same mask in both versions.
  init(_ mask: WrittenMask?) {
    older = mask
    newer = mask
  }

  /// The masks behind a layer.
  ///
  /// - Parameters:
  ///   - layer: The layer.
  ///   - inputs: What it reads.
  ///   - masks: The masks of that.
  init(behind layer: WrittenLayer, _ inputs: [WrittenMember.Reference], _ masks: [WrittenMasks]) {
    switch layer.layerClass {
    case "Masking":
      self.init(.masking(inputs[0], value: Float(layer.options["mask_value"]?.realNumber ?? 0)))
    case "Embedding" where layer.options["mask_zero"] == .boolean(true): self.init(.embedding(inputs[0]))
    case "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum":
      self.init(WrittenMask.merged(masks.compactMap(\.older), by: .all))
      let all = masks.compactMap(\.newer)
      newer = all.count == masks.count ? WrittenMask.merged(all, by: .any) : nil
    case "Concatenate" where masks.contains(where: { $0 != WrittenMasks() }):
      // Which rule holds along which axis is more than is known here: only masks that are the same everywhere are sure.
      self = Set(masks.map(\.older)).count == 1 && layer.options["axis"] != .integer(1) ? masks[0] : .unknown
    case "SimpleRNN", "LSTM", "GRU", "RNN", "Bidirectional", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D":
      self = layer.returnsSequence ? masks[0] : WrittenMasks()
    case "Attention", "AdditiveAttention": self = masks[0]
    case let name where MaskFlow.passingClasses.contains(name): self = masks[0]
    default: self.init()
    }
  }

  /// A mask that equals no other one.
  private static var unknown: WrittenMasks {
    var masks = WrittenMasks(.joined([]))
    masks.newer = nil
    return masks
  }
}

extension WrittenLayer {
  /// Whether the layer, or the one that it wraps, gives one output per step.
  fileprivate var returnsSequence: Bool {
    (options["layer"]?["config"]?["return_sequences"] ?? options["return_sequences"]) == .boolean(true)
  }

  /// The classes that look at the mask of what they read.
  private static let reading: Set = [
    "SimpleRNN", "LSTM", "GRU", "RNN", "Bidirectional", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D",
    "GlobalAveragePooling1D",
  ]

  /// The inputs at whose masks the layer looks, in any version.
  func placesOfMasks(_ count: Int) -> Range<Int> {
    switch layerClass {
    case "Attention", "AdditiveAttention": 0..<min(count, 2)
    case "Multiply", "Maximum", "Minimum": 0..<count
    case "TimeDistributed":
      0..<(options["layer"]?["class_name"]?.text.map { Self.reading.contains($0) } ?? false ? 1 : 0)
    default: 0..<(Self.reading.contains(layerClass) ? 1 : 0)
    }
  }
}
