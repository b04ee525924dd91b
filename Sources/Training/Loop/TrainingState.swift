import Networks
import TensorCore

/// Everything that training needs to go on: a value, which can be kept, written as a `Checkpoint` and gone on with.
///
/// With the same settings and data, going on from a state gives the same bytes as never having stopped.
public struct TrainingState: Sendable {
  /// The epoch with the lowest loss until now.
  public struct Best: Sendable {
    /// The epoch, counted from 1.
    public let epoch: Int
    /// Its loss: that of validation where there is one.
    public let loss: Double
    /// The model at its end, with averaged parameters where they are averaged.
    public let model: Model
  }

  /// The model with the parameters of the last step.
  public internal(set) var model: Model
  /// The number of finished epochs.
  public internal(set) var epoch = 0
  /// The number of steps in all.
  public internal(set) var step = 0
  /// The finished epochs.
  public internal(set) var history = History()
  /// The epoch with the lowest loss until now; `nil` before the first one has ended.
  public internal(set) var best: Best?

  /// The nodes whose parameters are trained, in the order of the graph.
  let trained: [Model.Node.ID]
  var optimizer: OptimizerState
  var average: WeightAverage?
  var plateau: PlateauState
  var stopping = StoppingState()
  var partial = PartialEpoch()

  /// Whether early stopping has ended the training.
  public var hasStoppedEarly: Bool { stopping.hasStopped }

  /// Whether the state lies between two steps of an epoch, and not between two epochs.
  public var isInsideEpoch: Bool { partial.steps > 0 }

  /// The model with averaged parameters; where they are not averaged or no step was made, `model` itself.
  public var averagedModel: Model {
    guard let average, step > 0 else { return model }
    return model.replacingParameters(of: trained, by: average.arrays)
  }

  /// The state before the first step.
  init(_ model: Model, settings: TrainingSettings) {
    self.model = model
    trained = model.trainableNodes.filter { !settings.frozen.contains($0) }
    let arrays = model.parameters(of: trained).map(\.values)
    optimizer = OptimizerState(for: settings.optimizer, parameters: arrays)
    average = settings.averaging.map { _ in WeightAverage(arrays) }
    plateau = PlateauState(rate: settings.learningRate)
  }
}

/// What the steps of an epoch have given until now.
struct PartialEpoch: Sendable, Equatable {
  /// The number of steps.
  var steps = 0
  /// The number of items in them.
  var items = 0
  /// The sum over the items of the losses of their steps.
  var loss = 0.0
  /// The number of right answers.
  var correct = 0
  /// The time of the steps.
  var seconds = 0.0

  /// The mean loss and the share of right answers.
  var score: TrainingScore {
    TrainingScore(loss: loss / Double(max(items, 1)), accuracy: Double(correct) / Double(max(items, 1)))
  }
}
