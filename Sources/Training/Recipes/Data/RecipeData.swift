/// The data of a recipe, ready for a trainer.
public struct RecipeData: Sendable {
  /// What is trained with, augmented as the recipe says.
  public let training: any TrainingData
  /// What is measured on after every epoch.
  public let validation: (any TrainingData)?
  /// What is measured on at the end.
  public let test: (any TrainingData)?
  /// The names of the classes, where folders or a generator give them.
  public let classNames: [String]
  /// The files that items come from.
  public let files: [String]
}
