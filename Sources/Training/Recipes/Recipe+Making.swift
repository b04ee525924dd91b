import Networks

extension Recipe {
  /// Makes the model with the weights that training starts from.
  ///
  /// - Returns: The model.
  /// - Throws: `RecipeError` when a layer does not fit or the file of the model cannot be used.
  public func makeModel() throws -> Model {
    try model.model(name: name, seed: settings.seed)
  }

  /// How a model is trained: `settings`, with the layers frozen that the recipe names.
  ///
  /// - Parameter model: What `makeModel` gave.
  /// - Returns: The settings.
  /// - Throws: `RecipeError` when there is no layer of the name, or another number of class weights than classes.
  public func settings(for model: Model) throws(RecipeError) -> TrainingSettings {
    var settings = settings
    settings.frozen = try self.model.frozen(in: model)
    let classes = model.head.outputs == 1 ? 2 : model.head.outputs
    if case .given(let factors) = settings.classWeights, factors.count != classes,
      let place = classWeightsPlace
    {
      throw .classWeights(found: factors.count, classes: classes, at: place)
    }
    return settings
  }

  /// Loads or generates the data.
  ///
  /// - Parameter model: What `makeModel` gave.
  /// - Returns: The data, augmented, divided and checked against the model.
  /// - Throws: `RecipeError` when something is missing or does not fit, `TrainingError` when nothing is left to train with.
  public func loadData(for model: Model) throws -> RecipeData {
    try data.load(for: model, augmentation: augmentation, seed: settings.seed)
  }

  /// The files that the recipe reads before training: that of the model.
  public var modelFile: String? {
    if case .file(let path, _) = model.source { path } else { nil }
  }
}
