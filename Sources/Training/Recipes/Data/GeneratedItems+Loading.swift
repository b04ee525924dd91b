import Datasets
import Images
import TensorCore

extension GeneratedItems {
  /// Generates the items.
  ///
  /// - Parameters:
  ///   - shape: The shape that the model takes.
  ///   - classes: The number of classes that the model tells apart.
  ///   - located: Where the recipe asks for them.
  /// - Returns: The items.
  /// - Throws: `DatasetError.option` when an option is outside its range, `RecipeError` when items do not fit the model.
  func load(
    for shape: Shape, classes: Int, at located: RecipeDataPlan.Located
  ) throws -> RecipeDataPlan.Loaded {
    switch kind {
    case .mnist1d:
      var options = MNIST1D.Options()
      (options.samples, options.seed) = (count, seed)
      let set = try MNIST1D(options)
      let half = part == .test ? set.test : set.train
      return try signals(half.x, half.y, names: (0..<10).map { "\($0)" }, shape, classes, located)
    case .beats:
      var options = Beats.Options()
      (options.count, options.seed) = (count, seed)
      let set = try Beats(options)
      let half = part == .test ? set.test : set.train
      return try signals(half.x, half.y, names: BeatClass.allCases.map(\.name), shape, classes, located)
    case .tissue: return try tiles(shape, classes, located)
    }
  }

  private func signals(
    _ x: NumericArray, _ y: NumericArray, names: [String], _ shape: Shape, _ classes: Int,
    _ located: RecipeDataPlan.Located
  ) throws -> RecipeDataPlan.Loaded {
    guard shape.extents == [1, x.shape[1], 1] else {
      throw RecipeError.items(
        path: kind.rawValue, found: Shape([x.shape[1], 1]).description, expected: shape.item,
        at: located.place)
    }
    try require(names, classes, located)
    return RecipeDataPlan.Loaded(
      data: try TensorData(
        x.tensor().reshaped(to: shape.with(batch: x.rowCount)), labels: y.integers() ?? [], classes: classes),
      classNames: names)
  }

  private func tiles(
    _ shape: Shape, _ classes: Int, _ located: RecipeDataPlan.Located
  ) throws -> RecipeDataPlan.Loaded {
    guard shape.spatial.count == 2, shape.channels == 3 || shape.channels == 1 else {
      throw RecipeError.items(
        path: kind.rawValue, found: "images in colour", expected: shape.item, at: located.place)
    }
    let kinds = TissueClass.allCases
    try require(kinds.map(\.folderName), classes, located)
    var options = Tissue.Options()
    (options.count, options.seed, options.size) = (count, seed, size ?? options.size)
    let made = options
    let scaling = InputScaling()
    let items = try Threads.map(kinds.count * made.count) { task in
      let tile = try TissueTile(kinds[task / made.count], index: task % made.count, made)
      let image = try tile.image.converted(toChannels: shape.channels)
        .resized(height: shape.spatial[0], width: shape.spatial[1])
      return try scaling(image.tensor(), isImage: true)
    }
    let labels = kinds.flatMap { Array(repeating: $0.rawValue, count: made.count) }
    return RecipeDataPlan.Loaded(
      data: try TensorData(Tensor(joining: items), labels: labels, classes: classes),
      classNames: kinds.map(\.folderName))
  }

  /// Checks that the model tells the classes of the set apart.
  private func require(
    _ names: [String], _ classes: Int, _ located: RecipeDataPlan.Located
  ) throws(RecipeError) {
    guard names.count == classes else {
      throw .items(
        path: kind.rawValue, found: "of \(names.count) classes", expected: "items of \(classes)",
        at: located.place)
    }
  }
}
