import Boundary
import KerasFormat
import Networks
import TensorCore

extension RecipeModel {
  /// Makes the model with the weights that training starts from.
  ///
  /// - Parameters:
  ///   - name: The name of a model whose layers are listed.
  ///   - seed: The seed of drawn weights.
  /// - Returns: The model.
  /// - Throws: `RecipeError` when a layer does not fit or the file cannot be used.
  func model(name: String, seed: UInt32) throws -> Model {
    var model: Model
    switch source {
    case .layers(let input, let layers):
      model = try Self.chain(name, input: input, layers, place).initialized(by: initializer, seed: seed)
    case .file(let path, let keepsWeights):
      do {
        model = try Self.isArchitecture(path) ? Model(kerasArchitecture: path) : Model(keras: path)
      } catch {
        throw RecipeError.model(error, at: place)
      }
      if !keepsWeights { model = try initialized(model, seed: seed) }
    }
    guard let classes = headClasses else { return model }
    do {
      return try model.replacingHead(classes: classes, seed: seed)
    } catch let error as any Failure {
      throw RecipeError.model(error, at: place)
    }
  }

  /// Whether a file holds the architecture of a model alone.
  static func isArchitecture(_ path: String) -> Bool { path.lowercased().hasSuffix(".json") }

  /// A model with weights drawn anew.
  ///
  /// - Throws: `RecipeError.model` when it has weights that cannot be drawn, and so not be trained.
  private func initialized(_ model: Model, seed: UInt32) throws(RecipeError) -> Model {
    for node in model.nodes where node.parameterCount > 0 && !(node.layer is any TrainableLayer) {
      throw .model(ModelError.notTrainable(layer: node.layerName, layerClass: node.layerClass), at: place)
    }
    return model.initialized(by: initializer, seed: seed)
  }

  /// The nodes that are not trained.
  ///
  /// - Parameter model: The model.
  /// - Returns: The nodes.
  /// - Throws: `RecipeError.model` when there is no layer of the name.
  func frozen(in model: Model) throws(RecipeError) -> Set<Model.Node.ID> {
    guard let layer = freezeUntil else { return [] }
    do throws(ModelError) {
      return try model.frozenNodes(until: layer)
    } catch {
      throw .model(error, at: place)
    }
  }

  private static func chain(
    _ name: String, input: [Int], _ layers: [RecipeLayer], _ place: RecipePlace
  ) throws(RecipeError) -> Model {
    var builder = ModelBuilder(name: name)
    var names = LayerNames(taken: ["input"] + layers.compactMap(\.name))
    func fitting<Result>(
      _ place: RecipePlace, _ body: () throws(ModelError) -> Result
    ) throws(RecipeError) -> Result {
      do throws(ModelError) {
        return try body()
      } catch {
        throw .layer(error, at: place)
      }
    }
    var last = try fitting(place) { () throws(ModelError) in
      try builder.add(InputLayer(shape: Shape([1] + input)), name: "input", layerClass: "InputLayer")
    }
    for layer in layers {
      let name = layer.name ?? names.next(layer.id)
      let parts = try fitting(layer.place) { () throws(ModelError) in
        try layer.operations(named: name, for: builder.shape(of: last))
      }
      for (index, part) in parts.enumerated() {
        // The last operation carries the layer's name, as in models that are read from files.
        let isLast = index == parts.count - 1
        let partName = isLast ? name : parts.count == 2 ? "\(name)/linear" : "\(name)/linear/\(index + 1)"
        last = try fitting(layer.place) { () throws(ModelError) in
          try builder.add(
            part, name: partName, layerName: name, layerClass: layer.kerasClass(axes: input.count - 1),
            after: [last])
        }
      }
    }
    return try fitting(place) { () throws(ModelError) in try builder.model() }
  }
}

/// Names for layers without one: `dense`, `dense_1`, ...
private struct LayerNames {
  var taken: Set<String>

  init(taken: [String]) { self.taken = Set(taken) }

  mutating func next(_ id: String) -> String {
    let stem = id.replacing("-", with: "_")
    var (name, number) = (stem, 0)
    while !taken.insert(name).inserted {
      number += 1
      name = "\(stem)_\(number)"
    }
    return name
  }
}
