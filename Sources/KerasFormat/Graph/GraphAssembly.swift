import Networks
import TensorCore

/// Puts a model together from the layers of a Keras file.
struct GraphAssembly {
  /// The most operations that are accepted; a model that uses another one twice, which does so again, doubles at every level.
  static let largestGraph = 1 << 16

  /// Where a model stands inside the others: what its names begin with in this use, and whose weights it has.
  struct Place {
    /// Empty, or such as `inner/`; `inner/2/` in the second use of `inner`.
    var prefix = ""
    /// Its weights in the file.
    var weights: WeightScope
  }

  let file: String
  var builder: ModelBuilder
  private var layers: [String: SharedLayer] = [:]
  var moves = AxisMoves()
  /// For nodes whose value is a masked sequence the node that holds the mask.
  var masks: [Model.Node.ID: Model.Node.ID] = [:]
  private var count = 0

  init(file: String, name: String) {
    self.file = file
    builder = ModelBuilder(name: name)
  }

  /// Builds a whole model.
  ///
  /// - Parameters:
  ///   - network: Its configuration.
  ///   - weights: Its weights in the file.
  ///   - file: The file, for messages.
  ///   - inputShapes: By name the shapes of inputs whose extents the configuration leaves open.
  /// - Returns: The model.
  /// - Throws: `KerasFormatError` when something cannot be read or does not fit.
  static func model(
    _ network: NetworkConfiguration, weights: WeightScope, file: String, inputShapes: [String: [Int]] = [:]
  ) throws(KerasFormatError) -> Model {
    var assembly = GraphAssembly(file: file, name: network.name)
    var inputs: [Model.Node.ID] = []
    for reference in network.inputs {
      let layer = network.members.first { $0.configuration.name == reference.layer }
      guard let layer else {
        throw .missingLayer(file: file, reader: network.name, layer: reference.layer)
      }
      inputs.append(
        try assembly.addInput(
          layer.configuration, of: network, shape: inputShapes[layer.configuration.name]))
    }
    var outputs: [Model.Node.ID] = []
    for output in try assembly.add(
      network, at: Place(weights: weights.findingShared(in: network)), inputs: inputs)
    {
      outputs.append(try assembly.permuted(output, to: nil, for: "\(network.name)/output", "Permute"))
    }
    do {
      return try assembly.builder.model(outputs: outputs)
    } catch {
      throw .model(file: file, error)
    }
  }

  /// Adds the layers of a model, whose inputs are there already.
  private mutating func add(
    _ network: NetworkConfiguration, at place: Place, inputs: [Model.Node.ID]
  ) throws(KerasFormatError) -> [Model.Node.ID] {
    guard inputs.count == network.inputs.count else {
      throw .inputCount(
        file: file, layer: network.name, layerClass: network.modelClass, expected: network.inputs.count,
        found: inputs.count)
    }
    let entering = Dictionary(
      zip(network.inputs.map(\.layer), inputs), uniquingKeysWith: { first, _ in first })
    let order = try CallOrder(of: network, in: file)
    let scopes = place.weights.scopes(of: network.members)
    var values: [CallOrder.Step: [Model.Node.ID]] = [:]
    func value(_ reference: TensorReference, for reader: String, isOutput: Bool) throws(KerasFormatError)
      -> Model.Node.ID
    {
      guard let step = try order.step(of: reference, readBy: reader, isOutput: isOutput) else {
        return entering[reference.layer] ?? 0
      }
      guard let outputs = values[step], outputs.indices.contains(reference.output) else {
        throw .missingOutput(
          file: file, reader: reader, layer: reference.layer, output: reference.output,
          count: values[step]?.count ?? 0)
      }
      return outputs[reference.output]
    }
    for step in order.steps {
      let member = network.members[step.member]
      let call = member.calls[step.call]
      var inputs: [Model.Node.ID] = []
      for reference in call.references {
        inputs.append(try value(reference, for: member.configuration.name, isOutput: false))
      }
      let number = step.call == 0 ? "" : "/\(step.call + 1)"
      let name = "\(place.prefix)\(member.configuration.name)\(number)"
      values[step] =
        if let inner = member.network {
          try add(inner, called: name, weights: scopes[step.member], inputs: inputs)
        } else {
          [try add(member.configuration, called: name, call, weights: scopes[step.member], after: inputs)]
        }
    }
    var outputs: [Model.Node.ID] = []
    for reference in network.outputs {
      outputs.append(try value(reference, for: network.name, isOutput: true))
    }
    return outputs
  }

  /// Adds a model inside the model, and behind it nodes that carry its name, for its outputs are known by that.
  private mutating func add(
    _ network: NetworkConfiguration, called name: String, weights: WeightScope, inputs: [Model.Node.ID]
  ) throws(KerasFormatError) -> [Model.Node.ID] {
    let outputs = try add(network, at: Place(prefix: name + "/", weights: weights), inputs: inputs)
    var named: [Model.Node.ID] = []
    for (index, output) in outputs.enumerated() {
      let name = index == 0 ? name : "\(name)/output/\(index + 1)"
      let node = try add(IdentityLayer(), name: name, of: name, network.modelClass, after: [output])
      moves[node] = moves[output]
      masks[node] = masks[output]
      named.append(node)
    }
    return named
  }

  /// Adds a use of a layer with its weights.
  private mutating func add(
    _ configuration: LayerConfiguration, called name: String, _ call: LayerCall, weights: WeightScope,
    after inputs: [Model.Node.ID]
  ) throws(KerasFormatError) -> Model.Node.ID {
    guard !inputs.isEmpty else {
      throw .inputCount(
        file: file, layer: configuration.name, layerClass: configuration.layerClass, expected: 1, found: 0)
    }
    let layer: SharedLayer
    if let known = layers[weights.key] {
      layer = known
    } else {
      layer = try SharedLayer(configuration.named(weights.path.joined(separator: "/")), in: weights)
      layers[weights.key] = layer
    }
    let rank = builder.shape(of: inputs[0]).rank
    let order = try KerasLayers.reader(of: configuration.layerClass)?.order(of: configuration, rank: rank)
    let axis = self.axis(of: order ?? .file, inputs)
    var operands: [Model.Node.ID] = []
    for input in inputs {
      operands.append(try permuted(input, to: axis, for: name, configuration.layerClass))
    }
    let masks = inputs.map { self.masks[$0] }
    var (operations, isShared) = try layer.operations(
      for: call, inputs: operands.map { builder.shape(of: $0) },
      masks: masks.map { $0.map { builder.shape(of: $0) } }, movedAxis: axis)
    if operations.masks.isRead, masks.allSatisfy({ $0 == nil }),
      !(call.keywords["mask"]?.references.isEmpty ?? true)
    {
      throw configuration.unsupported(
        "a mask", "that the model computes", hint: "masks of Masking and Embedding layers are read")
    }
    if order == .channelsFirst { try configuration.requireNoneAlongChannels(operations.layers.dropFirst()) }
    var stays = axis
    if case .last = order, let axis, !inputs.contains(where: { moves[$0] == axis }) {
      operations.layers.append(PermutationLayer.last(axis, of: rank).inverted)
      stays = nil
    }
    var last = operations.masks.isRead ? operands + masks.compactMap { $0 } : operands
    for (index, operation) in operations.layers.enumerated() {
      // The last operation carries the layer's name, because its value is what Keras calls the layer's output.
      let isLast = index == operations.layers.count - 1
      let part =
        isLast ? name : operations.layers.count == 2 ? "\(name)/linear" : "\(name)/linear/\(index + 1)"
      last = [
        try add(
          operation, name: part, of: name, configuration.layerClass, isShared: isShared, after: last)
      ]
    }
    // Where axes vanish or appear, the channels are the last axis of the file's order, too.
    if let stays, builder.shape(of: last[0]).rank == rank { moves[last[0]] = stays }
    self.masks[last[0]] = try mask(after: name, configuration, operations.masks, inputs: inputs)
    return last[0]
  }

  mutating func add(
    _ layer: any Layer, name: String, of layerName: String, _ layerClass: String, isShared: Bool = false,
    after inputs: [Model.Node.ID]
  ) throws(KerasFormatError) -> Model.Node.ID {
    count += 1
    guard count <= Self.largestGraph else { throw .graphTooLarge(file: file, most: Self.largestGraph) }
    do {
      return try builder.add(
        layer, name: name, layerName: layerName, layerClass: layerClass, isShared: isShared, after: inputs)
    } catch {
      throw .model(file: file, error)
    }
  }
}
