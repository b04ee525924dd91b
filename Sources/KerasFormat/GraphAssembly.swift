import HDF5Files
import Networks
import TensorCore

/// Puts a model together from the layers of a Keras file.
struct GraphAssembly {
  private let file: String
  private let weights: HDF5Group
  private var builder: ModelBuilder

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
    let source = LayerSource(
      configuration: configuration, weights: try LayerWeights(of: configuration, in: weights),
      inputs: inputs.map { builder.shape(of: $0) })
    var last = inputs
    let layers = try reader.layers(for: source)
    for (index, layer) in layers.enumerated() {
      // The last operation carries the layer's name, because its value is what Keras calls the layer's output.
      let name = index == layers.count - 1 ? configuration.name : "\(configuration.name)/linear"
      last = [try add(layer, name: name, of: configuration.name, configuration.layerClass, after: last)]
    }
    return last[0]
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
