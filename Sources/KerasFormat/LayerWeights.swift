import HDF5Files
import TensorCore

/// The weights of one layer in the file, found by the last part of their names.
struct LayerWeights {
  private let configuration: LayerConfiguration
  private let group: HDF5Group?
  private let names: [String]

  /// Opens the weights of a layer.
  ///
  /// - Parameters:
  ///   - configuration: The layer.
  ///   - weights: The group that has one group per layer.
  /// - Throws: `KerasFormatError` when the file is damaged.
  init(of configuration: LayerConfiguration, in weights: HDF5Group) throws(KerasFormatError) {
    self.configuration = configuration
    guard let group = try weights.groupIfPresent(configuration.name) else {
      self.group = nil
      names = []
      return
    }
    self.group = group
    names = try reading { () throws(HDF5Error) in try group.texts("weight_names") }
  }

  /// A weight, which must have a given shape and finite elements.
  ///
  /// - Parameters:
  ///   - name: The last part of its name, such as `kernel`.
  ///   - shape: The extents that the configuration asks for.
  /// - Returns: The weight.
  /// - Throws: `KerasFormatError` when it is not there or not as it should be.
  func tensor(_ name: String, shape: [Int]) throws(KerasFormatError) -> Tensor {
    guard let group, let path = names.first(where: { Self.stem($0) == name }) else {
      throw .missingWeight(
        file: configuration.file, layer: configuration.name, layerClass: configuration.layerClass,
        weight: name)
    }
    let dataset = try reading { () throws(HDF5Error) in try group.dataset(path) }
    guard dataset.shape == shape else {
      throw .weightShape(
        file: configuration.file, weight: dataset.path, expected: shape, found: dataset.shape)
    }
    let values = try reading { () throws(HDF5Error) in try dataset.floats() }
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw .weightNotFinite(file: configuration.file, weight: dataset.path, index: index)
    }
    return Tensor(Shape(shape), values)
  }

  /// Some of the weights, counted in the order of Keras's variables: those of one of several cells.
  func part(_ range: Range<Int>) -> LayerWeights {
    LayerWeights(self, names: Array(names[range.clamped(to: names.startIndex..<names.endIndex)]))
  }

  /// The weights of a layer inside the layer: those with its name in their path, or all when none has it.
  func part(named name: String) -> LayerWeights {
    let own = names.filter { $0.split(separator: "/").dropLast().contains { $0 == name } }
    return LayerWeights(self, names: own.isEmpty ? names : own)
  }

  private init(_ whole: LayerWeights, names: [String]) {
    configuration = whole.configuration
    group = whole.group
    self.names = names
  }

  /// `conv1d/kernel:0` is the weight `kernel`.
  private static func stem(_ name: String) -> String {
    let last = name.split(separator: "/").last.map(String.init) ?? name
    return last.split(separator: ":").first.map(String.init) ?? last
  }
}

/// Does something with an HDF5 file and reports its errors as ours.
func reading<Result>(_ body: () throws(HDF5Error) -> Result) throws(KerasFormatError) -> Result {
  do {
    return try body()
  } catch {
    throw .file(error)
  }
}

extension HDF5Group {
  /// A group below this one, or `nil` where there is nothing of that name.
  func groupIfPresent(_ path: String) throws(KerasFormatError) -> HDF5Group? {
    do {
      return try group(path)
    } catch .missingObject {
      return nil
    } catch {
      throw .file(error)
    }
  }

  /// An attribute that lists texts; absent or of another kind it lists none.
  ///
  /// Keras writes an empty list as numbers, and a list that is too long for one attribute as `name0`, `name1`, ...
  func texts(_ name: String) throws(HDF5Error) -> [String] {
    if let whole = try attribute(name) { return whole.texts ?? [] }
    var texts: [String] = []
    var part = 0
    while let next = try attribute("\(name)\(part)") {
      texts += next.texts ?? []
      part += 1
    }
    return texts
  }
}
