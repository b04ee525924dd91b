import Networks

/// One use of a layer, as `lens summary` shows it.
public struct LayerSummary: Codable, Sendable, Equatable {
  /// What one position of the layer's output depends on, of one input of the model.
  public struct Field: Codable, Sendable, Equatable {
    /// The input.
    public var input: String
    /// One part for every spatial axis of the input, outermost first.
    public var axes: [Axis]
  }

  /// The part of an input along one spatial axis: a window, or all of it when there is neither size nor stride.
  public struct Axis: Codable, Sendable, Equatable {
    /// The cells in the window, which may reach beyond the border.
    public var size: Int?
    /// The cells from the window of one position to that of the next.
    public var stride: Double?
  }

  /// The name of the layer; further uses of a layer have a number behind it.
  public var name: String
  /// What the file calls the kind of layer.
  public var layerClass: String
  /// The layers that it reads.
  public var reads: [String]
  /// The shape of its output, `[spatial..., channels]`.
  public var outputShape: [Int]
  /// The number of trained numbers that no earlier layer has.
  public var parameters: Int
  /// Whether its weights are those of an earlier use.
  public var isShared: Bool
  /// What its output depends on, for every input with spatial axes that it depends on.
  public var receptiveFields: [Field]

  enum CodingKeys: String, CodingKey {
    case name, reads, outputShape, parameters, isShared, receptiveFields
    case layerClass = "class"
  }
}

extension LayerSummary {
  /// The layers of a model in the order of its graph.
  static func layers(of model: Model) -> [LayerSummary] {
    let fields = model.inputs.indices.map { model.receptiveFields(ofInput: $0) }
    return model.layerGroups.map { group in
      let last = group.output
      let nodes = group.nodes.map { model.nodes[$0] }
      return LayerSummary(
        name: group.name, layerClass: model.nodes[last].layerClass,
        reads: group.reads.map { model.nodes[$0].layerName },
        outputShape: Array(model.nodes[last].shape.extents.dropFirst()),
        parameters: nodes.reduce(0) { $0 + $1.parameterCount }, isShared: nodes.contains(where: \.isShared),
        receptiveFields: zip(model.inputs, fields).compactMap { input, fields in
          guard let field = fields[last], !field.axes.isEmpty else { return nil }
          return Field(input: model.nodes[input].name, axes: field.axes.map(Axis.init))
        })
    }
  }
}

extension LayerSummary.Axis {
  fileprivate init(_ axis: ReceptiveField.Axis) {
    switch axis {
    case .window(let size, let stride): self.init(size: size, stride: stride)
    case .all: self.init(size: nil, stride: nil)
    }
  }
}
