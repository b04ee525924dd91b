import HDF5Files
import Networks
import TensorCore

/// Puts a model together from the layers of a Keras file.
struct GraphAssembly {
  private let file: String
  private let weights: HDF5Group
  private var builder: ModelBuilder
  /// For nodes whose value is a masked sequence the node that holds the mask.
  private var masks: [Model.Node.ID: Model.Node.ID] = [:]

  init(file: String, name: String, weights: HDF5Group) {
    self.file = file
    self.weights = weights
    builder = ModelBuilder(name: name)
  }

  /// Adds an input whose shape is given as Keras does: `[null, 40, 1]`, the batch axis first.
  mutating func addInput(_ name: String, shape: JSONValue?) throws(KerasFormatError) -> Model.Node.ID {
    let extents = shape?.elements?.dropFirst().map { $0.wholeNumber }
    guard let extents, !extents.isEmpty else {
      throw .unknownInput(file: file, found: shape?.summary ?? "nothing")
    }
    var known: [Int] = []
    for extent in extents {
      guard let extent, extent > 0, extent <= Int(Int32.max) else {
        throw .unknownInput(
          file: file, found: extents.map { $0.map(String.init) ?? "?" }.joined(separator: "x"))
      }
      known.append(extent)
    }
    return try add(InputLayer(shape: Shape([1] + known)), name: name, of: name, "InputLayer", after: [])
  }

  /// Adds a layer with its weights.
  mutating func add(
    _ configuration: LayerConfiguration, after inputs: [Model.Node.ID]
  ) throws(KerasFormatError) -> Model.Node.ID {
    guard let reader = KerasLayers.reader(of: configuration.layerClass) else {
      throw .unknownLayer(file: file, layer: configuration.name, layerClass: configuration.layerClass)
    }
    let masks = inputs.map { self.masks[$0] }
    let source = LayerSource(
      configuration: configuration, weights: try LayerWeights(of: configuration, in: weights),
      inputs: inputs.map { builder.shape(of: $0) }, masks: masks.map { $0.map { builder.shape(of: $0) } })
    let flow = try reader.maskFlow(for: source)
    var last = flow.isRead ? inputs + masks.compactMap { $0 } : inputs
    let layers = try reader.layers(for: source)
    for (index, layer) in layers.enumerated() {
      // The last operation carries the layer's name, because its value is what Keras calls the layer's output.
      let isLast = index == layers.count - 1
      let name = isLast ? "" : layers.count == 2 ? "/linear" : "/linear \(index + 1)"
      last = [
        try add(
          layer, name: configuration.name + name, of: configuration.name, configuration.layerClass,
          after: last)
      ]
    }
    self.masks[last[0]] = try mask(of: configuration, flow, inputs: inputs)
    return last[0]
  }

  /// The node that holds the mask of a layer's output.
  private mutating func mask(
    of configuration: LayerConfiguration, _ flow: MaskFlow, inputs: [Model.Node.ID]
  ) throws(KerasFormatError) -> Model.Node.ID? {
    switch flow {
    case .dropped, .read: return nil
    case .passed, .readAndPassed: return masks[inputs[0]]
    case .made(let layer):
      return try add(
        layer, name: "\(configuration.name)/mask", of: configuration.name, configuration.layerClass,
        after: [inputs[0]])
    }
  }

  /// The finished model.
  func model(outputs: [Model.Node.ID]) throws(KerasFormatError) -> Model {
    do {
      return try builder.model(outputs: outputs)
    } catch {
      throw .model(file: file, error)
    }
  }

  private mutating func add(
    _ layer: any Layer, name: String, of layerName: String, _ layerClass: String,
    after inputs: [Model.Node.ID]
  ) throws(KerasFormatError) -> Model.Node.ID {
    do {
      return try builder.add(layer, name: name, layerName: layerName, layerClass: layerClass, after: inputs)
    } catch {
      throw .model(file: file, error)
    }
  }
}
