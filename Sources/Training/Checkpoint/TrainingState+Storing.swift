import HDF5Files
import Networks
import TensorCore

extension TrainingState {
  /// The arrays that belong to the trained parameters, by the names that a checkpoint gives them.
  var namedArrays: [(name: String, arrays: [Tensor])] {
    var named: [(name: String, arrays: [Tensor])] = []
    if let average { named.append(("average", average.arrays)) }
    if !optimizer.first.isEmpty { named.append(("first", optimizer.first)) }
    if !optimizer.second.isEmpty { named.append(("second", optimizer.second)) }
    return named
  }

  /// Where the training is, by the names that a checkpoint gives to the lists.
  var namedNumbers: [(name: String, numbers: [Double])] {
    [
      ("counts", [Double(epoch), Double(step)]),
      ("plateau", [plateau.rate, plateau.best, Double(plateau.wait), Double(plateau.cooldown)]),
      ("stopping", [stopping.best, Double(stopping.wait), stopping.hasStopped ? 1 : 0]),
      (
        "partial",
        [
          Double(partial.steps), Double(partial.items), partial.loss, Double(partial.correct),
          partial.seconds,
        ]
      ),
    ]
  }

  /// Sets what `namedNumbers` lists.
  ///
  /// - Parameter read: Gives the numbers of a list of that name and length, which are not negative and whole where they count something.
  /// - Throws: What `read` throws, and `TrainingError.checkpoint` for a number that cannot be.
  mutating func setNumbers(_ read: (String, Int) throws -> CheckpointNumbers) throws {
    let counts = try read("counts", 2)
    epoch = try counts.count(0)
    step = try counts.count(1)
    let plateau = try read("plateau", 4)
    self.plateau = PlateauState(
      rate: try plateau.number(0), best: try plateau.number(1), wait: try plateau.count(2),
      cooldown: try plateau.count(3))
    let stopping = try read("stopping", 3)
    self.stopping = StoppingState(
      best: try stopping.number(0), wait: try stopping.count(1), hasStopped: try stopping.count(2) > 0)
    let partial = try read("partial", 5)
    self.partial = PartialEpoch(
      steps: try partial.count(0), items: try partial.count(1), loss: try partial.number(2),
      correct: try partial.count(3), seconds: try partial.number(4))
  }
}

extension EpochRecord {
  /// The numbers of a row in the order of `History.columns`; what is not there is not a number.
  var numbers: [Double] {
    [
      Double(epoch), learningRate, training.loss, training.accuracy, validation?.loss ?? .nan,
      validation?.accuracy ?? .nan, seconds,
    ]
  }

  /// Creates a record from a row.
  init(_ row: CheckpointNumbers) throws {
    let validation =
      row.values[4].isNaN && row.values[5].isNaN
      ? nil : TrainingScore(loss: try row.number(4), accuracy: try row.number(5))
    self.init(
      epoch: try row.count(0), learningRate: try row.number(1),
      training: TrainingScore(loss: try row.number(2), accuracy: try row.number(3)), validation: validation,
      seconds: try row.number(6))
  }
}

extension Trainer {
  /// What has to be the same for training to go on as if it had not stopped, as names and values.
  var facts: [(name: String, value: String)] {
    func text<Value>(_ value: Value?) -> String { value.map { "\($0)" } ?? "none" }
    return [
      ("loss", "\(settings.loss)"), ("optimizer", "\(settings.optimizer)"),
      ("learning-rate", "\(settings.learningRate)"), ("schedule", "\(settings.schedule)"),
      ("largest-gradient-norm", text(settings.largestGradientNorm)), ("l2", "\(settings.l2)"),
      ("ema", text(settings.averaging)), ("class-weights", "\(settings.classWeights)"),
      ("batch", "\(settings.batchSize)"), ("drops-last-batch", "\(settings.dropsLastBatch)"),
      ("seed", "\(settings.seed)"), ("training-items", "\(training.count)"),
      ("validation-items", text(validation?.count)),
    ]
  }
}
