import TensorCore

/// Puts a model together, node by node, and checks every step.
public struct ModelBuilder {
  /// The largest number of values that one node may have for one item.
  public static let largestNode = 1 << 30

  private let name: String
  private var nodes: [Model.Node] = []
  private var inputs: [Model.Node.ID] = []
  private var names: Set<String> = []

  /// Starts an empty model.
  public init(name: String) { self.name = name }

  /// Adds an operation.
  ///
  /// - Parameters:
  ///   - layer: The operation.
  ///   - name: A name that no other node has.
  ///   - layerName: The layer that it belongs to; the node's own name when `nil`.
  ///   - layerClass: What the file calls the kind of layer.
  ///   - isShared: Whether the layer's weights are those of a node that was added before.
  ///   - inputs: The nodes it reads, all added before.
  /// - Returns: The index of the new node.
  /// - Throws: `ModelError` when the layer cannot take these inputs, is absurdly large or its name is taken.
  @discardableResult
  public mutating func add(
    _ layer: any Layer, name: String, layerName: String? = nil, layerClass: String = "",
    isShared: Bool = false, after inputs: [Model.Node.ID] = []
  ) throws(ModelError) -> Model.Node.ID {
    guard names.insert(name).inserted else { throw .duplicateLayer(name: name) }
    let shape: Shape
    do {
      shape = try layer.outputShape(for: inputs.map { nodes[$0].shape })
    } catch {
      throw .layerDoesNotFit(
        layer: layerName ?? name, input: inputs.map { nodes[$0].shape.item }.joined(separator: " and "),
        reason: error)
    }
    guard shape.countWithoutOverflow.map({ $0 <= Self.largestNode }) ?? false else {
      throw .layerTooLarge(layer: layerName ?? name, shape: shape, most: Self.largestNode)
    }
    nodes.append(
      Model.Node(
        name: name, layerName: layerName ?? name, layerClass: layerClass, layer: layer, inputs: inputs,
        shape: shape, isShared: isShared))
    if layer.role == .input { self.inputs.append(nodes.count - 1) }
    return nodes.count - 1
  }

  /// The shape of a node's value for one item.
  public func shape(of id: Model.Node.ID) -> Shape { nodes[id].shape }

  /// The finished model.
  ///
  /// - Parameter outputs: The nodes whose values are the model's answer; the last node when `nil`.
  /// - Returns: The model.
  /// - Throws: `ModelError.empty` when there is no input or nothing after it.
  public func model(outputs: [Model.Node.ID]? = nil) throws(ModelError) -> Model {
    guard !inputs.isEmpty, nodes.count > inputs.count else { throw .empty }
    return Model(name: name, nodes: nodes, inputs: inputs, outputs: outputs ?? [nodes.count - 1])
  }
}
