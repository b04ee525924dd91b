import Datasets
import Foundation
import Networks
import TensorCore

extension RecipeDataPlan {
  /// Items with what is known of them.
  struct Loaded {
    var data: any TrainingData
    var classNames: [String] = []
    var files: [String] = []
  }

  /// Loads all data for a model.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - augmentation: What is done to items for training.
  ///   - seed: The seed of the training.
  /// - Returns: The data.
  /// - Throws: `RecipeError` when something is missing or does not fit, `TrainingError` when nothing is left to train with.
  func load(for model: Model, augmentation: Augmentation, seed: UInt32) throws -> RecipeData {
    let loaded = try load(training, for: model)
    let test = try test.map { try load($0, for: model) }
    let augmented: any TrainingData
    do {
      augmented = try AugmentedData(of: loaded.data, by: augmentation, seed: seed)
    } catch {
      throw RecipeError.augmentation(error, at: training.place)
    }
    var (all, files) = (augmented, loaded.files + (test?.files ?? []))
    var held: (any TrainingData)?
    switch validation?.source {
    case .split(let share, let isStratified):
      let parts = try augmented.split(validation: share, seed: seed, isStratified: isStratified)
      (all, held) = (parts.training, parts.validation)
    case .own(let source):
      let key = "data.validation"
      let place = validation?.place ?? training.place
      let own = try load(Located(source: source, key: key, place: place), for: model)
      held = own.data
      files += own.files
    case nil: break
    }
    return RecipeData(
      training: all, validation: held, test: test?.data, classNames: loaded.classNames, files: files)
  }

  /// Loads the items of a source.
  private func load(_ located: Located, for model: Model) throws -> Loaded {
    let classes = model.head.outputs == 1 ? 2 : model.head.outputs
    let loaded: Loaded
    switch located.source {
    case .generated(let items):
      do {
        loaded = try items.load(for: model.inputShape, classes: classes, at: located)
      } catch let error as DatasetError {
        throw RecipeError.data(error, key: located.key, at: located.place)
      }
    case .file(let path, let key, let labels, let labelColumn):
      var options = InputOptions(key: key, labelsKey: labels)
      options.table = TableOptions(labelColumn: labelColumn.map { TableOptions.Column(parsing: $0) })
      loaded = try load(path, options, located, model, classes)
    case .folder(let path): loaded = try load(path, InputOptions(), located, model, classes)
    }
    return loaded
  }

  private func load(
    _ path: String, _ options: InputOptions, _ located: Located, _ model: Model, _ classes: Int
  ) throws -> Loaded {
    var options = options
    options.expectsChannelsFirst = model.takesChannelsFirstArrays()
    if let name = preprocessing, let convention = Preprocessing(rawValue: name) {
      options.scaling = InputScaling(convention)
    }
    guard FileManager.default.fileExists(atPath: path) else {
      throw RecipeError.missingData(path: path, key: located.key, at: located.place)
    }
    do {
      let inputs = try InputSet([path], for: model.inputShape, options: options)
      let labels = inputs.items.compactMap(\.label)
      guard labels.count == inputs.items.count else {
        throw RecipeError.noLabels(path: path, key: located.key, at: located.place)
      }
      if let index = labels.firstIndex(where: { !(0..<classes).contains($0) }) {
        throw RecipeError.label(
          labels[index], item: inputs.items[index].name, path: path, classes: classes, at: located.place)
      }
      let empty = inputs.classNames.indices.first { !labels.contains($0) }
      if let empty {
        throw RecipeError.emptyClass(
          name: "'\(inputs.classNames[empty])'", path: path, key: located.key, at: located.place)
      }
      let data = try StoredItems(inputs, labels: labels, itemShape: model.inputShape, classes: classes)
      return Loaded(data: data, classNames: inputs.classNames, files: inputs.files)
    } catch let error as InputError {
      throw RecipeError.data(error, key: located.key, at: located.place)
    }
  }
}
