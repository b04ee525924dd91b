import SignalLens

extension Workbench {
  /// Trains a model with Adam at a rate of 0.001 from the weights of its file.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - items: The items, `[count, spatial..., channels]`.
  ///   - labels: Their classes.
  ///   - job: The number of epochs and of items in a batch.
  /// - Returns: The loss of every epoch.
  /// - Throws: `TrainingError` when the data do not fit the model.
  func train(_ model: Model, with items: Tensor, labels: Tensor, _ job: Job) throws -> Tensor {
    let data = try TensorData(
      items, labels: labels.values.prefix(items.shape.batch).map { Int($0) }, classes: model.head.classes)
    var settings = TrainingSettings()
    settings.epochs = job.epochs ?? 1
    settings.batchSize = job.batch ?? settings.batchSize
    let trainer = try Trainer(settings, training: data)
    var state = try trainer.start(from: model)
    try trainer.run(&state)
    let losses = state.history.epochs.map { Float($0.training.loss) }
    return Tensor([losses.count], losses)
  }
}
