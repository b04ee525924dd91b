extension RecipeError {
  /// One sentence for the user.
  public var description: String {
    switch self {
    case .unknownRecipe(let name, let available):
      "there is neither a file '\(name)' nor a recipe of that name in the program, which has \(available.joined(separator: ", ")); "
        + "check the path or choose one of these"
    case .unreadable(let path, let reason): "the recipe '\(path)' cannot be read: \(reason); check the path"
    case .notYAML(let reason, let place):
      "\(place): the recipe is no YAML that can be read, because \(reason); correct it"
    case .unknownKey(let key, let section, let available, let place):
      "\(place): the key '\(key)' is not known\(Self.within(section)); expected \(available.joined(separator: ", ")); "
        + "correct it or leave it out"
    case .missingKey(let key, let section, let expected, let place):
      "\(place): the key '\(key)' is missing\(Self.within(section)); add it with \(expected)"
    case .value(let key, let expected, let found, let place):
      "\(place): '\(key.isEmpty ? "the recipe" : key)' should be \(expected), but it is \(found); correct it"
    case .conflict(let keys, let section, let found, let place):
      "\(place): expected exactly one of \(keys.joined(separator: ", "))\(Self.within(section)), found \(found); "
        + "keep one of them"
    case .layer(let error, let place): "\(place): \(error.description); change the layer"
    case .model(let error, let place): "\(place): the model cannot be used: \(error.description)"
    case .augmentation(let error, let place): "\(place): \(error.description); correct it"
    case .missingData(let path, let key, let place):
      "\(place): '\(key)' should name a file or folder, but there is none at '\(path)'; "
        + "check the path; relative ones are taken from the folder of the recipe"
    case .data(let error, let key, let place): "\(place): '\(key)' cannot be used: \(error.description)"
    case .noLabels(let path, let key, let place):
      "\(place): '\(key)' needs a label for every item, but '\(path)' has none; "
        + "name the data set that holds them with 'labels', or give a folder for each class"
    case .emptyClass(let name, let path, let key, let place):
      "\(place): '\(key)' needs items of every class, but '\(path)' has none of class \(name); "
        + "add some or leave the class out"
    case .label(let label, let item, let path, let classes, let place):
      "\(place): item \(item) of '\(path)' has the label \(label), but the \(classes) outputs of the model are for labels from 0 to \(classes - 1); "
        + "correct the label, or give the model more outputs"
    case .items(let path, let found, let expected, let place):
      "\(place): the items of '\(path)' are \(found), but the model takes \(expected); "
        + "change the model's input or the data"
    case .classWeights(let found, let classes, let place):
      "\(place): 'class-weights' should be balanced or one number for each of \(classes) classes, but there are \(found); correct it"
    }
  }

  /// The section of a recipe, in words.
  private static func within(_ section: String) -> String { section.isEmpty ? "" : " in '\(section)'" }
}
