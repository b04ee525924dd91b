import Networks
import TensorCore

extension Trainer {
  /// Trains one epoch, or what is left of it.
  ///
  /// - Parameters:
  ///   - state: Where training is. It is that of the end of the epoch afterwards, that between two steps when cancelled, and unchanged when
  ///     something is thrown.
  ///   - isCancelled: Asked before every step.
  ///   - onStep: Called after every step.
  /// - Returns: What the epoch gave; `nil` when it was cancelled.
  /// - Throws: `TrainingError.lossNotFinite`, `validationLossNotFinite` or `parametersNotFinite` when training has diverged, and what keeps
  ///   items from being loaded or the model from being run.
  public func runEpoch(
    _ state: inout TrainingState, isCancelled: () -> Bool = { false }, onStep: (StepReport) -> Void = { _ in }
  ) throws -> EpochRecord? {
    var next = state
    let clock = ContinuousClock()
    let start = clock.now
    let batches = order.batches(ofEpoch: next.epoch)
    let before = next.partial.seconds
    func seconds() -> Double { before + (clock.now - start) / .seconds(1) }
    while next.partial.steps < batches.count {
      if isCancelled() {
        next.partial.seconds = seconds()
        state = next
        return nil
      }
      let rate = learningRate(of: next)
      try step(&next, batches[next.partial.steps], rate: rate)
      onStep(
        StepReport(
          epoch: next.epoch + 1, epochs: settings.epochs, step: next.partial.steps, steps: batches.count,
          learningRate: rate, score: next.partial.score))
    }
    let record = try finish(&next, seconds: seconds)
    state = next
    return record
  }

  /// The learning rate of the next step.
  private func learningRate(of state: TrainingState) -> Double {
    state.plateau.rate
      * settings.schedule.factor(
        atStep: state.step, stepsPerEpoch: order.stepsPerEpoch, epochs: settings.epochs)
  }

  /// Makes one step with some of the items.
  private func step(_ state: inout TrainingState, _ indices: [Int], rate: Double) throws {
    let batch = try training.items(indices, epoch: state.epoch)
    let labels = indices.map { self.labels[$0] }
    let weights = factors.map { factors in labels.map { factors[$0] } }
    var correct = 0
    let pass = try state.model.trainingPass(
      [batch], seed: seed(ofStep: state.step), from: settings.loss.source(in: state.model),
      training: Set(state.trained)
    ) { outputs in
      let value = settings.loss.value(of: outputs, for: .labels(labels), weights: weights)
      correct = value.correct
      return (value.loss, value.cotangent)
    }
    let parameters = state.model.parameters(of: state.trained)
    var gradients = state.trained.flatMap { pass.gradients[$0] ?? [] }
    let loss = pass.loss + Gradients.penalize(settings.l2, parameters, &gradients)
    guard loss.isFinite else {
      throw TrainingError.lossNotFinite(epoch: state.epoch + 1, step: state.partial.steps + 1, loss: loss)
    }
    Gradients.clip(&gradients, toNorm: settings.largestGradientNorm)
    var arrays = parameters.map(\.values)
    settings.optimizer.step(
      &arrays, roles: parameters.map(\.role), gradients: gradients, state: &state.optimizer, rate: rate)
    state.model = state.model.replacingParameters(of: state.trained, by: arrays, in: pass.updated)
    state.average?.update(with: arrays, momentum: state.step == 0 ? 0 : settings.averaging ?? 0)
    state.step += 1
    state.partial.steps += 1
    state.partial.items += indices.count
    state.partial.loss += loss * Double(indices.count)
    state.partial.correct += correct
  }

  /// What layers draw from in a step: the first word of the stream of its own.
  private func seed(ofStep step: Int) -> UInt32 {
    // Streams of epochs have the numbers from 0 on.
    var random = NumPyLegacyRandom(seed: settings.seed, item: -1 - step)
    return random.nextWord()
  }

  /// Measures the model at the end of an epoch and takes in what was found.
  private func finish(_ state: inout TrainingState, seconds: () -> Double) throws -> EpochRecord {
    let epoch = state.epoch + 1
    let model = state.averagedModel
    try checkParameters(of: model, trained: state.trained, epoch: epoch)
    let found = try validation.map { try score(of: model, on: $0, penalizing: state.trained) }
    if let found, !found.loss.isFinite {
      throw TrainingError.validationLossNotFinite(epoch: epoch, loss: found.loss)
    }
    var last = state
    last.step -= 1
    let record = EpochRecord(
      epoch: epoch, learningRate: learningRate(of: last), training: state.partial.score, validation: found,
      seconds: seconds())
    let loss = record.monitoredLoss
    if loss < state.best?.loss ?? .infinity {
      state.best = TrainingState.Best(epoch: epoch, loss: loss, model: model)
    }
    if case .plateau(let rule) = settings.schedule { state.plateau.update(loss, by: rule) }
    if let rule = settings.earlyStopping { state.stopping.update(loss, by: rule) }
    state.history.append(record)
    state.epoch = epoch
    state.partial = PartialEpoch()
    return record
  }

  private func checkParameters(of model: Model, trained: [Model.Node.ID], epoch: Int) throws(TrainingError) {
    for id in trained {
      guard model.storedArrays(of: id).allSatisfy(\.isFinite) else {
        throw .parametersNotFinite(epoch: epoch, layer: model.nodes[id].layerName)
      }
    }
  }
}
