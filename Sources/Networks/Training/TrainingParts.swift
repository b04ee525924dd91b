import Synchronization
import TensorCore

/// A batch divided over threads by items: every part takes the whole way forward and, behind the loss, the whole way back.
///
/// Small items take less time in a layer than handing work to another thread does, so threads meet twice in a pass and not twice in every
/// layer, and what a part holds stays in a core's cache. The parts follow from the shapes alone and their gradients are added in order, in
/// 64 bits: nothing depends on the number of threads. Large items, and batches whose statistics are taken, are a single part, whose layers
/// divide their own work.
struct TrainingParts: Sendable {
  /// The most parts.
  private static let most = 16
  /// The fewest multiplications, forward, that are worth a part.
  private static let leastOperations = 2_000_000
  /// The most bytes that an item may take for a batch to be divided: several fit a core's cache.
  private static let mostBytes = 1 << 17
  /// The most numbers that the gradients of all parts take.
  private static let mostGradients = 1 << 22

  /// A part between its two ways.
  private final class Part: Sendable {
    let run: Mutex<TrainingRun?>
    let inputs: [Tensor]

    init(_ run: TrainingRun, inputs: [Tensor]) {
      self.run = Mutex(run)
      self.inputs = inputs
    }

    /// The run, which the part then no longer holds, so that its values can be let go one by one.
    func take() -> TrainingRun {
      guard
        let taken = run.withLock({ run in
          defer { run = nil }
          return run
        })
      else { preconditionFailure("a part goes forward and then back, once each") }
      return taken
    }

    func keep(_ run: TrainingRun) { self.run.withLock { $0 = run } }
  }

  private let parts: [Part]

  /// The number of parts.
  var count: Int { parts.count }

  /// Divides a batch.
  ///
  /// - Parameters:
  ///   - inputs: One batch for every input of the model.
  ///   - plan: The plan of the pass.
  ///   - model: The model.
  ///   - seed: The seed of what is drawn.
  init(of inputs: [Tensor], _ plan: TrainingPlan, _ model: Model, seed: UInt32) {
    let batch = inputs[0].shape.batch
    let steps = plan.steps(in: model, seed: seed)
    let isOneBatch = inputs.allSatisfy { $0.shape.batch == batch }
    let count = isOneBatch ? Self.count(batch: batch, plan, model) : 1
    let divided = (0..<count).compactMap { index -> Part? in
      let items = (index * batch / count)..<((index + 1) * batch / count)
      return plan.steps(steps, in: model, seed: seed, behind: items.lowerBound).map { steps in
        Part(TrainingRun(plan, of: model, steps: steps), inputs: inputs.map { $0.items(items) })
      }
    }
    let isDivided = count > 1 && divided.count == count
    parts = isDivided ? divided : [Part(TrainingRun(plan, of: model, steps: steps), inputs: inputs)]
  }

  private static func count(batch: Int, _ plan: TrainingPlan, _ model: Model) -> Int {
    guard plan.bytes <= mostBytes else { return 1 }
    let operations = plan.steps.reduce(0) { sum, step in
      guard let layer = step.layer as? ConvolutionLayer else { return sum }
      let convolution = layer.convolution
      return sum + model.nodes[step.node].shape.count * convolution.weights.count
        / max(convolution.outputChannels, 1)
    }
    let gradients = plan.purpose.trained.reduce(0) { $0 + model.nodes[$1].layer.parameterCount }
    return max(
      1, min(most, batch, batch * operations / leastOperations, mostGradients / max(gradients, 1)))
  }

  /// Runs all parts forward.
  ///
  /// - Returns: The value that the loss is computed from, of the whole batch.
  /// - Throws: `ModelError` when a layer cannot take what reaches it.
  func forward() throws(ModelError) -> Tensor {
    var values: [Tensor] = []
    try Threads.stream(parts.count) { index throws(ModelError) in
      let part = parts[index]
      var run = part.take()
      let value = try run.forward(part.inputs)
      part.keep(run)
      return value
    } into: {
      values.append($0)
    }
    return values.count == 1 ? values[0] : Tensor(joining: values)
  }

  /// Runs all parts backward.
  ///
  /// - Parameter cotangent: That of the value of the whole batch.
  /// - Returns: The sums of the parts' gradients, and the layers that the pass moved.
  /// - Throws: `ModelError` when a layer cannot take what reaches it.
  func backward(
    _ cotangent: Tensor
  ) throws(ModelError) -> (gradients: [Model.Node.ID: [Tensor]], updated: [Model.Node.ID: any Layer]) {
    let (count, batch) = (parts.count, cotangent.shape.batch)
    var gradients: [[Model.Node.ID: [Tensor]]] = []
    var updated: [Model.Node.ID: any Layer] = [:]
    try Threads.stream(count) { index throws(ModelError) in
      var run = parts[index].take()
      let items = (index * batch / count)..<((index + 1) * batch / count)
      try run.backward(count == 1 ? cotangent : cotangent.items(items))
      return (run.gradients, run.updated)
    } into: { (found, layers) in
      gradients.append(found)
      updated.merge(layers) { first, _ in first }
    }
    guard count > 1 else { return (gradients[0], updated) }
    let sums = gradients[0].map { id, arrays in
      (id, arrays.indices.map { place in Tensor(adding: gradients.compactMap { $0[id]?[place] }) })
    }
    return (Dictionary(uniqueKeysWithValues: sums), updated)
  }
}

extension TrainingPlan {
  /// The steps with the layers that a model has in one step of training.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - seed: The seed of what is drawn.
  /// - Returns: The steps, in their order.
  func steps(in model: Model, seed: UInt32) -> [ExecutionPlan.Step] {
    let seeds = SplitMix64(seed: UInt64(seed))
    var result = steps.map { step in
      let layer = model.nodes[step.operation].layer
      let isKept = folded.contains(step.operation) || step.rectifier != nil && layer is ActivationLayer
      return isKept ? step : step.computing(layer).roundedFreely
    }
    for index in acting {
      let operation = steps[index].operation
      guard let layer = model.nodes[operation].layer as? any TrainingModeLayer else { continue }
      result[index] = steps[index].computing(
        layer.inTraining(seed: UInt32(truncatingIfNeeded: seeds[operation])))
    }
    return result
  }

  /// The same steps for the items of a batch behind some others; `nil` when one has to see the whole batch.
  func steps(
    _ whole: [ExecutionPlan.Step], in model: Model, seed: UInt32, behind items: Int
  ) -> [ExecutionPlan.Step]? {
    let seeds = SplitMix64(seed: UInt64(seed))
    var result = whole
    for index in acting {
      let operation = steps[index].operation
      let seed = UInt32(truncatingIfNeeded: seeds[operation])
      guard let layer = model.nodes[operation].layer as? any TrainingModeLayer,
        let part = layer.inTraining(seed: seed, behind: items)
      else { return nil }
      result[index] = steps[index].computing(part)
    }
    return result
  }
}

extension Model {
  /// How many parts a batch is divided into, so that tests know what they test.
  ///
  /// - Parameters:
  ///   - batch: The number of items.
  ///   - trained: The nodes that are trained.
  /// - Returns: The number of parts, each with items of its own.
  package func trainingParts(ofBatch batch: Int, training trained: Set<Node.ID>) -> Int {
    let plan = TrainingPlan(of: self, for: .init(source: head.logits, trained: trained))
    let inputs = inputs.map { Tensor(nodes[$0].shape.with(batch: batch)) }
    return TrainingParts(of: inputs, plan, self, seed: 0).count
  }
}
