import HDF5Files
import Networks
import TensorCore

/// A state of training as a file, with which training goes on as if it had never stopped.
///
/// One HDF5 file holds, below its root,
///
///     attributes format, version
///     settings, layers, trained              names and values of settings; names of layers
///     model/<layer>/<k>, best/<layer>/<k>    the numbers of every layer, moving statistics last
///     average/<k>, first/<k>, second/<k>     the averages and moments of every trained array
///     counts, plateau, stopping, partial     where the training is
///     history                                one row per epoch, in the order of `History.columns`; what is not there is not a number
///
/// with `<layer>` and `<k>` counted from 0. Arrays have 32 bits, everything else has 64: what is read is what was written, bit by bit.
public enum Checkpoint {
  static let format = "SignalLens training"
  static let version = 1

  /// Writes a state, whole or not at all.
  ///
  /// - Parameters:
  ///   - state: The state.
  ///   - trainer: The trainer whose state it is.
  ///   - path: The path of the file. Its folder must exist; a file that is there is replaced at the end.
  /// - Throws: `HDF5Error.notWritable` or `WholeFileError`.
  public static func write(_ state: TrainingState, of trainer: Trainer, to path: String) throws {
    try HDF5File.write(to: path) { root in
      let model = state.model
      try root.setAttribute("format", to: .string(format))
      try root.setAttribute("version", to: .integers([version]))
      let facts = trainer.facts
      try root.write(facts.map(\.name) + facts.map(\.value), shape: [2, facts.count], to: "settings")
      let layers = model.storedNodes.map { model.nodes[$0].name }
      try root.write(layers, shape: [layers.count], to: "layers")
      let trained = state.trained.map { model.nodes[$0].name }
      try root.write(trained, shape: [trained.count], to: "trained")
      try root.write(model, to: "model")
      if let best = state.best {
        try root.write(best.model, to: "best")
        try root.write([Double(best.epoch), best.loss], shape: [2], to: "best_epoch")
      }
      for (name, arrays) in state.namedArrays { try root.write(arrays, to: name) }
      for (name, numbers) in state.namedNumbers {
        try root.write(numbers, shape: [numbers.count], to: name)
      }
      let rows = state.history.epochs.flatMap(\.numbers)
      if !rows.isEmpty {
        try root.write(rows, shape: [state.history.epochs.count, History.columns.count], to: "history")
      }
    }
  }

  /// Reads a state.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - trainer: The trainer that is to go on; only the number of epochs and early stopping may differ from those of the one that wrote it.
  ///   - model: The model that training was started with, or one of the same layers: its numbers do not matter.
  /// - Returns: The state.
  /// - Throws: `TrainingError.checkpoint` when the file is something else or belongs to another model or other settings; `HDF5Error` when it
  ///   cannot be read; `TrainingError` when the trainer does not fit the model.
  public static func read(_ path: String, for trainer: Trainer, model: Model) throws -> TrainingState {
    let reader = try CheckpointReader(path)
    var state = try trainer.start(from: model)
    try reader.require(facts: trainer.facts)
    try reader.require(layersOf: model, trained: state.trained)
    state.model = try reader.model("model", like: model)
    let arrays = try Dictionary(
      uniqueKeysWithValues: state.namedArrays.map { ($0.name, try reader.arrays($0.name, like: $0.arrays)) })
    try state.setNumbers { name, count in try reader.numbers(name, count: count) }
    state.optimizer = OptimizerState(
      steps: state.step, first: arrays["first"] ?? [], second: arrays["second"] ?? [])
    state.average = arrays["average"].map { WeightAverage($0) }
    state.history = try reader.history(epochs: state.epoch)
    if reader.root.contains("best") {
      let numbers = try reader.numbers("best_epoch", count: 2)
      state.best = TrainingState.Best(
        epoch: try numbers.count(0), loss: try numbers.number(1),
        model: try reader.model("best", like: model))
    }
    return state
  }
}
