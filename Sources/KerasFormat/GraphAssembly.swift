import HDF5Files
import Networks
import TensorCore

/// Puts a model together from the layers of a Keras file.
struct GraphAssembly {
  private let file: String
  private let weights: HDF5Group
  private var builder: ModelBuilder
  private var moves = AxisMoves()

  init(file: String, name: String, weights: HDF5Group) {
    self.file = file
    self.weights = weights
    builder = ModelBuilder(name: name)
  }

  /// Adds an input whose shape is given as Keras does: `[null, 40, 1]`, the batch axis first.
  ///
  /// - Parameters:
  ///   - name: The name of the input.
  ///   - shape: Its shape.
  ///   - hasChannelsFirst: Whether the layers that read it have the channels before the spatial axes.
  /// - Returns: The node; its value has the channels last.
  /// - Throws: `KerasFormatError` when the extents are not known.
  mutating func addInput(
    _ name: String, shape: JSONValue?, hasChannelsFirst: Bool = false
  ) throws(KerasFormatError) -> Model.Node.ID {
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
    let moved = hasChannelsFirst && known.count > 1
    if moved { known.append(known.removeFirst()) }
    let layer = InputLayer(shape: Shape([1] + known), hasChannelsFirstInFile: moved)
    let id = try add(layer, name: name, of: name, "InputLayer", after: [])
    if moved { moves[id] = 1 }
    return id
  }

  /// Adds a layer with its weights.
  mutating func add(
    _ configuration: LayerConfiguration, after inputs: [Model.Node.ID]
  ) throws(KerasFormatError) -> Model.Node.ID {
    guard let reader = KerasLayers.reader(of: configuration.layerClass) else {
      throw .unknownLayer(file: file, layer: configuration.name, layerClass: configuration.layerClass)
    }
    let rank = inputs.first.map { builder.shape(of: $0).rank } ?? 0
    let order = try reader.order(of: configuration, rank: rank)
    let axis = self.axis(of: order, inputs)
    var last: [Model.Node.ID] = []
    for input in inputs { last.append(try permuted(input, to: axis, for: configuration)) }
    let source = LayerSource(
      configuration: configuration, weights: try LayerWeights(of: configuration, in: weights),
      inputs: last.map { builder.shape(of: $0) })
    var layers = try reader.layers(for: source)
    if order == .channelsFirst { try configuration.requireNoneAlongChannels(layers.dropFirst()) }
    var stays = axis
    if case .last = order, let axis, !inputs.contains(where: { moves[$0] == axis }) {
      layers.append(PermutationLayer.last(axis, of: rank).inverted)
      stays = nil
    }
    for (index, layer) in layers.enumerated() {
      // The last operation carries the layer's name, because its value is what Keras calls the layer's output.
      let part = layers.count == 2 ? "linear" : "part-\(index + 1)"
      let name = index == layers.count - 1 ? configuration.name : "\(configuration.name)/\(part)"
      last = [try add(layer, name: name, of: configuration.name, configuration.layerClass, after: last)]
    }
    // Where axes vanish or appear, the channels are the last axis of the file's order, too.
    if let stays, builder.shape(of: last[0]).rank == rank { moves[last[0]] = stays }
    return last[0]
  }

  /// The axis that is behind the others in what a layer reads, or `nil` for the file's order.
  private func axis(of order: AxisOrder, _ inputs: [Model.Node.ID]) -> Int? {
    switch order {
    case .file: nil
    case .channelsFirst: 1
    case .last(let axis): axis
    case .any: Set(inputs.map { moves[$0] }).count == 1 ? moves[inputs[0]] : nil
    }
  }

  /// The node that holds the value of another one with one axis behind the others, added when it is not there yet.
  private mutating func permuted(
    _ id: Model.Node.ID, to axis: Int?, for reader: LayerConfiguration
  ) throws(KerasFormatError) -> Model.Node.ID {
    let wanted = AxisMoves.Permuted(node: id, axis: axis)
    if let node = moves.node(wanted) { return node }
    var result = id
    for (axis, isBack) in [(moves[id], true), (axis, false)] {
      guard let axis else { continue }
      let order = PermutationLayer.last(axis, of: builder.shape(of: id).rank)
      result = try add(
        isBack ? order.inverted : order, name: "\(reader.name)/\(isBack ? "from" : "to")-last-\(result)",
        of: reader.name, reader.layerClass, after: [result])
    }
    moves.note(result, as: wanted)
    return result
  }

  /// The finished model.
  mutating func model(outputs: [Model.Node.ID]) throws(KerasFormatError) -> Model {
    var inFileOrder: [Model.Node.ID] = []
    for output in outputs {
      let end = LayerConfiguration(
        file: file, name: builder.layerName(of: output), layerClass: "Permute", values: .null,
        kerasVersion: KerasVersion(parsing: nil))
      inFileOrder.append(try permuted(output, to: nil, for: end))
    }
    do {
      return try builder.model(outputs: inFileOrder)
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
