import TensorCore

/// A trained network: a directed acyclic graph of layers.
///
/// A model is a value. Nothing about it changes when it is run or explained, so it may be used from several threads at once.
public struct Model: Sendable {
  /// The name that its file gives it.
  public let name: String
  /// The operations; every node comes after the nodes that it reads.
  public let nodes: [Node]
  /// The nodes where data enters.
  public let inputs: [Node.ID]
  /// The nodes whose values are the model's answer.
  public let outputs: [Node.ID]
  /// The end of the first output: where its logits are.
  public let head: ScoreHead
  let plans = PlanCache()
  let canonical = CanonicalModel()
  let trainingPlans: TrainingPlans

  /// One operation in the graph.
  public struct Node: Sendable {
    /// The index of a node in `Model.nodes`.
    public typealias ID = Int

    /// A name that no other node has.
    ///
    /// The last node of a layer has the layer's own name.
    public let name: String
    /// The layer, as the file names it, that the node belongs to.
    public let layerName: String
    /// What the file calls the kind of layer.
    public let layerClass: String
    /// The operation.
    public let layer: any Layer
    /// The nodes it reads.
    public let inputs: [ID]
    /// The shape of its value for one item, `[1, spatial..., channels]`.
    public let shape: Shape
    /// Whether its weights are those of an earlier node, because the file uses the layer more than once.
    public let isShared: Bool
    /// The number of trained numbers that no earlier node has.
    public var parameterCount: Int { isShared ? 0 : layer.parameterCount }
  }

  init(
    name: String, nodes: [Node], inputs: [Node.ID], outputs: [Node.ID],
    trainingPlans: TrainingPlans = TrainingPlans()
  ) {
    self.name = name
    self.nodes = nodes
    self.inputs = inputs
    self.outputs = outputs
    self.trainingPlans = trainingPlans
    head = ScoreHead(of: nodes, output: outputs[0])
  }
}

extension Model {
  /// The shape of one input item, `[1, spatial..., channels]`.
  public var inputShape: Shape { nodes[inputs[0]].shape }

  /// Whether arrays made for an input of the model have the channels before the spatial axes.
  ///
  /// The model itself takes `[batch, spatial..., channels]` all the same: whoever reads such arrays permutes them.
  ///
  /// - Parameter input: The position among `inputs`.
  /// - Returns: Whether they have.
  public func takesChannelsFirstArrays(at input: Int = 0) -> Bool {
    (nodes[inputs[input]].layer as? InputLayer)?.hasChannelsFirstInFile ?? false
  }

  /// The shape of the answer for one item.
  public var outputShape: Shape { nodes[outputs[0]].shape }

  /// The number of trained numbers.
  public var parameterCount: Int { nodes.reduce(0) { $0 + $1.parameterCount } }

  /// The bytes that the values of all nodes take for one item.
  public var activationBytes: Int { nodes.reduce(0) { $0 + $1.shape.count * MemoryLayout<Float>.stride } }

  /// The node whose value is the output of a layer.
  ///
  /// - Parameter name: A layer's name as the file has it, or the name of a node.
  /// - Returns: The index of the node.
  /// - Throws: `ModelError.unknownLayer` when there is none of that name.
  public func node(named name: String) throws(ModelError) -> Node.ID {
    guard let id = nodes.firstIndex(where: { $0.name == name }) else {
      throw .unknownLayer(name: name, available: layerNames)
    }
    return id
  }

  /// The names of the layers in the order of the graph.
  public var layerNames: [String] {
    nodes.reduce(into: []) { names, node in
      if names.last != node.layerName { names.append(node.layerName) }
    }
  }

  /// The nodes that a node depends on and the node itself, in the order of the graph.
  package func nodes(before id: Node.ID) -> [Node.ID] {
    ancestors(of: [id]).enumerated().filter(\.element).map(\.offset)
  }

  /// The nodes that read a node.
  public func readers(of id: Node.ID) -> [Node.ID] { nodes.indices.filter { nodes[$0].inputs.contains(id) } }
}
