import Networks
import TensorCore

/// `TimeDistributed` around a layer or a Sequential model.
enum TimeDistributedReader: KerasLayer {
  static let classNames = ["TimeDistributed"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    var layers: [any Layer] = []
    try add(
      source.configuration.part("layer"), source, in: ["layer"], shape: try source.step(), to: &layers)
    // What acts on every position alike needs no steps, and keeps its own kind as a node.
    return layers.allSatisfy(\.actsOnPositions) ? layers : [PerStepLayer(layers)]
  }

  /// Adds the operations of a layer, or of the layers of a model, and gives the shape behind them.
  @discardableResult
  private static func add(
    _ part: LayerConfiguration, _ source: LayerSource, in folders: [String], shape: Shape,
    to layers: inout [any Layer]
  ) throws(KerasFormatError) -> Shape {
    var shape = shape
    if part.layerClass == "Sequential" {
      var counts: [String: Int] = [:]
      for inner in try part.parts("layers") where inner.layerClass != "InputLayer" {
        let folder = WeightScope.folderName(of: inner.layerClass, counting: &counts)
        shape = try add(inner, source, in: folders + ["layers", folder], shape: shape, to: &layers)
      }
      return shape
    }
    guard let reader = KerasLayers.reader(of: part.layerClass) else {
      throw .unknownLayer(file: part.file, layer: part.name, layerClass: part.layerClass)
    }
    let name = part.values["name"]?.text ?? ""
    let inner = LayerSource(
      configuration: part, weights: try source.weights.part(.named(name), in: folders), inputs: [shape])
    guard reader.inputCount.contains(1) else {
      throw .inputCount(
        file: part.file, layer: part.name, layerClass: part.layerClass,
        expected: reader.inputCount.lowerBound,
        found: 1)
    }
    switch try reader.order(of: part, rank: shape.rank) {
    case .any, .file: break
    case .channelsFirst, .last, .lastIfMoved:
      throw part.unsupported(
        "an axis order", "of its own inside TimeDistributed", hint: "save the model with channels_last")
    }
    switch try reader.maskFlow(for: inner) {
    case .read, .readAndPassed, .taken:
      guard source.masks.allSatisfy({ $0 == nil }) else {
        throw part.unsupported("a mask", "of the sequence", hint: "take the Masking layer out of the model")
      }
    default: break
    }
    for layer in try reader.layers(for: inner) {
      shape = try inner.fitting { [shape] () throws(GeometryError) in try layer.outputShape(for: [shape]) }
      layers.append(layer)
    }
    return shape
  }
}

extension Layer {
  /// Whether a position of the output depends on that position of the input alone, in the same way everywhere.
  fileprivate var actsOnPositions: Bool {
    switch self {
    case is ActivationLayer, is SoftmaxLayer, is LogSoftmaxLayer, is IdentityLayer, is GaussianNoiseLayer:
      true
    case let dropout as DropoutLayer: dropout.unit == .element
    default: role == .dense
    }
  }
}
