import Networks
import TensorCore

/// A layer of the file with what was made of it, so that all its uses share its weights.
final class SharedLayer {
  private let configuration: LayerConfiguration
  private let weights: LayerWeights
  private var made: [(use: Use, operations: Operations)] = []

  /// What the operations of a use depend on.
  private struct Use: Equatable {
    var inputs: [Shape]
    var masks: [Shape?]
    var movedAxis: Int?
  }

  /// What a layer is made of.
  struct Operations {
    /// The operations in their order.
    var layers: [any Layer]
    /// What becomes of the masks of its inputs.
    var masks: MaskFlow
  }

  /// Opens the weights of a layer.
  ///
  /// - Parameters:
  ///   - configuration: The layer.
  ///   - scope: Where its weights are.
  /// - Throws: `KerasFormatError` when the file is damaged.
  init(_ configuration: LayerConfiguration, in scope: WeightScope) throws(KerasFormatError) {
    self.configuration = configuration
    weights = try LayerWeights(of: configuration, in: scope)
  }

  /// The operations for one use; for inputs of shapes that were met before those that were made then.
  ///
  /// - Parameters:
  ///   - call: The use.
  ///   - inputs: The shapes of what it reads, for one item.
  ///   - masks: The shapes of their masks.
  ///   - movedAxis: The axis of the file's order that the inputs have behind the others, if they have.
  /// - Returns: The operations, and whether the layer was used before.
  /// - Throws: `KerasFormatError` when the layer cannot be read.
  func operations(
    for call: LayerCall, inputs: [Shape], masks: [Shape?], movedAxis: Int?
  ) throws(KerasFormatError) -> (operations: Operations, isShared: Bool) {
    guard let reader = KerasLayers.reader(of: configuration.layerClass) else {
      throw .unknownLayer(
        file: configuration.file, layer: configuration.name, layerClass: configuration.layerClass)
    }
    guard reader.inputCount.contains(inputs.count) else {
      throw .inputCount(
        file: configuration.file, layer: configuration.name, layerClass: configuration.layerClass,
        expected: reader.inputCount.lowerBound, found: inputs.count)
    }
    let isShared = !made.isEmpty
    let use = Use(inputs: inputs, masks: masks, movedAxis: movedAxis)
    if reader.ignoresCall, let known = made.first(where: { $0.use == use }) {
      return (known.operations, isShared)
    }
    let source = LayerSource(
      configuration: configuration, weights: weights, inputs: inputs, masks: masks, call: call,
      movedAxis: movedAxis)
    let operations = Operations(
      layers: try reader.layers(for: source), masks: try reader.maskFlow(for: source))
    made.append((use, operations))
    return (operations, isShared)
  }
}
