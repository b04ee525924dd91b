import HDF5Files
import TensorCore

/// The weights of one layer in the file, each read once.
final class LayerWeights {
  private let configuration: LayerConfiguration
  private let file: String
  private let source: any WeightNames
  private var read: [String: Tensor] = [:]
  /// Whether all of them are zero, because there is no file.
  private let areZero: Bool
  /// Whether kernels are turned round, as Theano has them.
  let isMirrored: Bool

  /// Opens the weights of a layer.
  ///
  /// - Parameters:
  ///   - configuration: The layer.
  ///   - scope: Where its weights are.
  /// - Throws: `KerasFormatError` when the file is damaged.
  init(of configuration: LayerConfiguration, in scope: WeightScope) throws(KerasFormatError) {
    self.configuration = configuration
    file = scope.file
    isMirrored = scope.isMirrored
    if case .zeros = scope.layout { areZero = true } else { areZero = false }
    source =
      switch scope.layout {
      case .named(let root):
        if configuration.kerasVersion.major == 1, let ordered = try OrderedWeights(scope.path, in: root) {
          ordered
        } else {
          try NamedWeights(scope.path, in: root)
        }
      case .numbered(let root): try NumberedWeights(scope.folders, in: root)
      case .absent, .zeros: NoWeights()
      }
  }

  private init(_ whole: LayerWeights, source: any WeightNames) {
    configuration = whole.configuration
    file = whole.file
    isMirrored = whole.isMirrored
    areZero = whole.areZero
    self.source = source
  }

  /// How many weights there are, where nothing but their order is known.
  var orderedCount: Int? { (source as? OrderedWeights)?.names.count }

  /// The shape that a weight has in the file, or `nil` when it is not there.
  func storedShape(of name: String) throws(KerasFormatError) -> [Int]? { try source.dataset(name)?.shape }

  /// A weight, which must have a given shape and finite elements.
  ///
  /// Weights are asked for in the order in which Keras creates them, for some files keep nothing but that order.
  ///
  /// - Parameters:
  ///   - name: Its name, such as `kernel`, behind the names of the layers in a layer: `forward_lstm/lstm_cell/kernel`.
  ///   - shape: The extents that the configuration asks for.
  ///   - layouts: How the file may keep it instead; where there are any, it keeps it in one of these.
  /// - Returns: The weight.
  /// - Throws: `KerasFormatError` when it is not there or not as it should be.
  func tensor(
    _ name: String, shape: [Int], layouts: [StoredLayout] = []
  ) throws(KerasFormatError) -> Tensor {
    if let known = read[name], known.shape.extents == shape { return known }
    if areZero { return Tensor(Shape(shape)) }
    guard let dataset = try source.dataset(name) else {
      throw .missingWeight(
        file: file, layer: configuration.name, layerClass: configuration.layerClass,
        weight: name)
    }
    let layout = layouts.first { $0.extents(of: shape) == dataset.shape }
    guard layout != nil || layouts.isEmpty && dataset.shape == shape else {
      throw .weightShape(
        file: file, weight: dataset.path, expected: layouts.first?.extents(of: shape) ?? shape,
        found: dataset.shape)
    }
    let stored = try reading { () throws(HDF5Error) in
      try Tensor(Shape(dataset.shape)) { memory throws(HDF5Error) in try dataset.floats(into: memory) }
    }
    if let index = stored.indexOfFirstNonFinite {
      throw .weightNotFinite(file: file, weight: dataset.path, index: index)
    }
    let tensor = layout?.weight(stored) ?? stored
    read[name] = tensor
    return tensor
  }

  /// A weight that has one of several names, the first of them that is there.
  func tensor(anyOf names: [String], shape: [Int]) throws(KerasFormatError) -> Tensor {
    for name in names where try source.dataset(name) != nil { return try tensor(name, shape: shape) }
    return try tensor(names[0], shape: shape)
  }

  /// The weights of a layer inside the layer, which are then asked for by the last part of their names.
  ///
  /// - Parameters:
  ///   - part: Where files that list names have them.
  ///   - folders: The groups below the layer's own in which files that keep an order have them.
  /// - Returns: The weights.
  /// - Throws: `KerasFormatError` when the file is damaged.
  func part(_ part: WeightPart, in folders: [String]) throws(KerasFormatError) -> LayerWeights {
    LayerWeights(self, source: try source.part(part, in: folders))
  }
}

/// The weights of a layer inside a layer, among those that are listed for the outer one.
enum WeightPart {
  /// Those at places in the order of Keras's variables.
  case places(Range<Int>)
  /// Those with the layer's name in their path, or all when none has it.
  case named(String)
}

/// A way to find the weights of one layer.
protocol WeightNames: AnyObject {
  /// The data set of a weight, or `nil` when there is none.
  func dataset(_ name: String) throws(KerasFormatError) -> HDF5Dataset?

  /// The weights of a layer inside the layer.
  func part(_ part: WeightPart, in folders: [String]) throws(KerasFormatError) -> any WeightNames
}

/// The weights of a layer that has none in the file.
private final class NoWeights: WeightNames {
  func dataset(_ name: String) -> HDF5Dataset? { nil }

  func part(_ part: WeightPart, in folders: [String]) -> any WeightNames { self }
}
