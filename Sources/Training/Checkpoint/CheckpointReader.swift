import HDF5Files
import Networks
import TensorCore

/// A checkpoint that is being read.
struct CheckpointReader {
  let path: String
  let root: HDF5Group

  /// Opens a file and checks that it is a checkpoint.
  init(_ path: String) throws {
    self.path = path
    root = try HDF5File(reading: path).root
    guard try root.attribute("format")?.text == Checkpoint.format,
      case .integers(let versions) = try root.attribute("version"), let version = versions.first
    else { throw TrainingError.checkpoint(file: path, problem: .notACheckpoint) }
    try require(version == Checkpoint.version, .laterVersion(version))
  }

  /// Checks that the settings are those of the trainer.
  func require(facts: [(name: String, value: String)]) throws {
    let stored = try root.dataset("settings").strings()
    let values = Dictionary(
      zip(stored.prefix(stored.count / 2), stored.suffix(stored.count / 2)),
      uniquingKeysWith: { first, _ in first })
    for (name, value) in facts {
      let before = values[name] ?? "none"
      try require(before == value, .otherSetting(name: name, checkpoint: before, found: value))
    }
  }

  /// Checks that the layers are those of the model.
  func require(layersOf model: Model, trained: [Model.Node.ID]) throws {
    let layers = model.storedNodes.map { model.nodes[$0].name }
    let stored = try root.dataset("layers").strings()
    try require(stored == layers, .otherLayers(expected: layers, found: stored))
    let names = trained.map { model.nodes[$0].name }
    let storedNames = try root.dataset("trained").strings()
    try require(storedNames == names, .otherTrainedLayers(expected: names, found: storedNames))
  }

  /// A model with the stored numbers.
  func model(_ name: String, like model: Model) throws -> Model {
    var layers: [Model.Node.ID: any Layer] = [:]
    for (index, id) in model.storedNodes.enumerated() {
      let arrays = try arrays("\(name)/\(index)", like: model.storedArrays(of: id))
      layers[id] = model.layer(id, with: arrays)
    }
    return model.replacing(layers)
  }

  /// Arrays of given shapes.
  func arrays(_ name: String, like arrays: [Tensor]) throws -> [Tensor] {
    try arrays.enumerated().map { index, array in
      let dataset = try root.dataset("\(name)/\(index)")
      let found = dataset.shape
      try require(
        found == array.shape.extents,
        .otherShape(path: dataset.path, expected: array.shape, found: Shape(found)))
      return Tensor(array.shape, try dataset.floats())
    }
  }

  /// A list of numbers of a given length.
  func numbers(_ name: String, count: Int) throws -> CheckpointNumbers {
    let values = try root.dataset(name).doubles()
    try require(values.count == count, .otherCount(path: "/\(name)", expected: count, found: values.count))
    return CheckpointNumbers(file: path, path: "/\(name)", values: values)
  }

  /// The records of all finished epochs.
  func history(epochs: Int) throws -> History {
    var history = History()
    guard epochs > 0 else { return history }
    let width = History.columns.count
    let (count, overflow) = epochs.multipliedReportingOverflow(by: width)
    let all = try numbers("history", count: overflow ? .max : count).values
    for start in stride(from: 0, to: all.count, by: width) {
      let row = Array(all[start..<(start + width)])
      history.append(try EpochRecord(CheckpointNumbers(file: path, path: "/history", values: row)))
    }
    return history
  }

  private func require(_ holds: Bool, _ problem: CheckpointProblem) throws {
    guard holds else { throw TrainingError.checkpoint(file: path, problem: problem) }
  }
}

/// A list of numbers with the place that they come from.
struct CheckpointNumbers {
  let file: String
  let path: String
  let values: [Double]

  /// A number, which may be infinite.
  func number(_ index: Int) throws -> Double {
    guard !values[index].isNaN else { throw refusal(of: index) }
    return values[index]
  }

  /// A number of things.
  func count(_ index: Int) throws -> Int {
    guard let count = Int(exactly: values[index]), count >= 0 else { throw refusal(of: index) }
    return count
  }

  private func refusal(of index: Int) -> TrainingError {
    .checkpoint(file: file, problem: .badNumber(path: path, value: "\(values[index])"))
  }
}

extension HDF5GroupWriter {
  /// Writes all numbers of a model.
  func write(_ model: Model, to name: String) throws {
    for (index, id) in model.storedNodes.enumerated() {
      try write(model.storedArrays(of: id), to: "\(name)/\(index)")
    }
  }

  /// Writes arrays under their numbers.
  func write(_ arrays: [Tensor], to name: String) throws {
    for (index, array) in arrays.enumerated() {
      try write(array.values, shape: array.shape.extents, to: "\(name)/\(index)")
    }
  }
}
