import Networks
import TensorCore

/// A layer of the file with what was made of it, so that all its uses share its weights.
final class SharedLayer {
  private let configuration: LayerConfiguration
  private let weights: LayerWeights
  private var made: [(inputs: [Shape], layers: [any Layer])] = []

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
  ///   - movedAxis: The axis of the file's order that the inputs have behind the others, if they have.
  /// - Returns: The operations in their order, and whether the layer was used before.
  /// - Throws: `KerasFormatError` when the layer cannot be read.
  func layers(
    for call: LayerCall, inputs: [Shape], movedAxis: Int?
  ) throws(KerasFormatError) -> (layers: [any Layer], isShared: Bool) {
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
    if reader.ignoresCall, let known = made.first(where: { $0.inputs == inputs }) {
      return (known.layers, isShared)
    }
    let layers = try reader.layers(
      for: LayerSource(
        configuration: configuration, weights: weights, inputs: inputs, call: call, movedAxis: movedAxis))
    made.append((inputs, layers))
    return (layers, isShared)
  }
}
