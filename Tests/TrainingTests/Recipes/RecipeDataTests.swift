import Boundary
import Foundation
import Images
import TensorCore
import Testing
import Training

/// Data that do not fit a recipe are refused with the line that names them.
@Suite struct RecipeDataTests {
  /// A folder that vanishes with its test.
  private final class Folder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("recipes-\(UUID().uuidString)")
      .path

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, as name: String) throws {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    /// An image of one colour in a folder of its class; no image when there is no name.
    func image(_ name: String?, in group: String, _ samples: [UInt8]) throws {
      try FileManager.default.createDirectory(atPath: "\(path)/\(group)", withIntermediateDirectories: true)
      guard let name else { return }
      let all = (0..<16).flatMap { _ in samples }
      try PixelImage(height: 4, width: 4, channels: 3, samples: all).writePNG(
        to: "\(path)/\(group)/\(name).png")
    }
  }

  private let folder: Folder

  init() throws { folder = try Folder() }

  private func recipe(_ data: String, input: String = "[3, 1]", units: Int = 2, more: String = "") throws
    -> Recipe
  {
    let text =
      "model:\n  input: \(input)\n  layers:\n    - flatten\n    - dense: {units: \(units), activation: softmax}\n"
      + "data:\n  train: \(data)\n\(more)"
    return try Recipe(yaml: text, source: "run.yaml", folder: folder.path)
  }

  private func refusal(_ data: String, input: String = "[3, 1]", units: Int = 2) -> (
    sentence: String, RecipeError?
  ) {
    do {
      let recipe = try recipe(data, input: input, units: units)
      _ = try recipe.loadData(for: try recipe.makeModel())
    } catch let error as RecipeError {
      return (error.description, error)
    } catch {
      return ("\(error)", nil)
    }
    return ("", nil)
  }

  @Test func tablesAreLoaded() throws {
    try folder.write("a,b,c,label\n1,2,3,0\n4,5,6,1\n7,8,9,1\n", as: "rows.csv")
    let recipe = try recipe("{file: rows.csv, label-column: label}", more: "augmentation: [scale: [2, 2]]")
    let data = try recipe.loadData(for: try recipe.makeModel())
    #expect(data.training.count == 3 && data.training.labels == [0, 1, 1])
    #expect(data.files == ["\(folder.path)/rows.csv"])
    // As they are without an epoch, augmented with one.
    #expect(try data.training.items([2, 0], epoch: nil) == Tensor([2, 3, 1], [7, 8, 9, 1, 2, 3]))
    #expect(try data.training.items([1], epoch: 0) == Tensor([1, 3, 1], [8, 10, 12]))
  }

  @Test func tablesThatDoNotFitAreRefused() throws {
    try folder.write("a,b,c,label\n1,2,3,0\n4,5,6,2\n", as: "rows.csv")
    #expect(
      refusal("{file: rows.csv, label-column: label}").sentence
        == "'run.yaml', line 7: item rows-1 of '\(folder.path)/rows.csv' has the label 2, but the 2 outputs of the model are for labels from 0 to 1; "
        + "correct the label, or give the model more outputs")
    #expect(
      refusal("rows.csv", input: "[4, 1]").sentence
        == "'run.yaml', line 7: 'data.train' needs a label for every item, but '\(folder.path)/rows.csv' has none; "
        + "name the data set that holds them with 'labels', or give a folder for each class")
    let missing = refusal("none.h5")
    #expect(
      missing.sentence
        == "'run.yaml', line 7: 'data.train' should name a file or folder, but there is none at '\(folder.path)/none.h5'; "
        + "check the path; relative ones are taken from the folder of the recipe")
    #expect(missing.1?.failureClass == .missingFile)
    #expect(
      refusal("{file: rows.csv, label-column: label}", input: "[9, 1]").sentence
        .hasPrefix("'run.yaml', line 7: 'data.train' cannot be used: "))
  }

  @Test func foldersAreLoadedInTheModelsExtents() throws {
    try folder.image("a", in: "tiles/dark", [0, 51, 102])
    try folder.image("b", in: "tiles/light", [255, 204, 153])
    let recipe = try recipe("tiles", input: "[2, 2, 3]")
    let data = try recipe.loadData(for: try recipe.makeModel())
    #expect(data.classNames == ["dark", "light"] && data.training.labels == [0, 1])
    let found = try data.training.items([0, 1], epoch: nil)
    #expect(found.shape == [2, 2, 2, 3])
    #expect(zip(found.values.prefix(3), [0, 0.2, 0.4] as [Float]).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(zip(found.values.suffix(3), [1, 0.8, 0.6] as [Float]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func foldersThatDoNotFitAreRefused() throws {
    try folder.image("a", in: "tiles/dark", [0, 0, 0])
    try folder.image(nil, in: "tiles/empty", [])
    let empty = refusal("tiles", input: "[2, 2, 3]")
    #expect(
      empty.sentence
        == "'run.yaml', line 7: 'data.train' needs items of every class, but '\(folder.path)/tiles' has none of class 'empty'; "
        + "add some or leave the class out")
    #expect(empty.1?.failureClass == .badData)
    try folder.image("b", in: "tiles/empty", [9, 9, 9])
    try folder.image("c", in: "tiles/light", [99, 99, 99])
    #expect(
      refusal("tiles", input: "[2, 2, 3]").sentence
        .hasSuffix(
          "has the label 2, but the 2 outputs of the model are for labels from 0 to 1; correct the label, or give the model more outputs"
        ))
    #expect(
      refusal("tiles", input: "[3, 1]").sentence.hasPrefix(
        "'run.yaml', line 7: 'data.train' cannot be used: "))
  }

  @Test func generatedItemsMustFit() throws {
    #expect(
      refusal("{generate: mnist1d, count: 20}", units: 10).sentence
        == "'run.yaml', line 7: the items of 'mnist1d' are 40x1, but the model takes 3x1; change the model's input or the data"
    )
    #expect(
      refusal("{generate: beats, count: 2}", input: "[220, 1]", units: 4).sentence
        == "'run.yaml', line 7: the items of 'beats' are of 5 classes, but the model takes items of 4; change the model's input or the data"
    )
    #expect(
      refusal("{generate: tissue, count: 1}", units: 8).sentence
        == "'run.yaml', line 7: the items of 'tissue' are images in colour, but the model takes 3x1; change the model's input or the data"
    )
    #expect(
      refusal("{generate: mnist1d, count: 5}", input: "[40, 1]", units: 10).sentence
        == "'run.yaml', line 7: 'data.train' cannot be used: the option 'samples' should be a whole number from 10 to 10000000, but it is 5"
    )
    let tiles = try recipe("{generate: tissue, count: 1, size: 16}", input: "[8, 8, 3]", units: 8)
    let data = try tiles.loadData(for: try tiles.makeModel())
    #expect(data.training.labels == Array(0..<8) && data.training.itemShape == [1, 8, 8, 3])
    let values = try data.training.items([0, 7], epoch: nil).values
    #expect(values.allSatisfy { (0...1).contains($0) })
  }

  @Test func augmentationsAndWeightsMustFit() throws {
    try folder.write("a,b,c,label\n1,2,3,0\n4,5,6,1\n", as: "rows.csv")
    let rows = "{file: rows.csv, label-column: label}"
    let turned = try recipe(rows, more: "augmentation: [affine: {rotation: 5}]")
    let error = #expect(throws: RecipeError.self) { try turned.loadData(for: try turned.makeModel()) }
    #expect(
      error?.description
        == "'run.yaml', line 7: the setting 'rotation' of the augmentation 'affine' is for items with 2 spatial axes or more, but these have 1; "
        + "leave it out; correct it")
    let weighted = try recipe(rows, more: "class-weights: [1, 2, 3]")
    #expect(
      throws: RecipeError.classWeights(found: 3, classes: 2, at: RecipePlace(source: "run.yaml", line: 8))
    ) { try weighted.settings(for: try weighted.makeModel()) }
    #expect(
      RecipeError.classWeights(found: 3, classes: 2, at: RecipePlace(source: "run.yaml", line: 8)).description
        == "'run.yaml', line 8: 'class-weights' should be balanced or one number for each of 2 classes, but there are 3; correct it"
    )
  }

  @Test func itemsForValidationAreTakenAway() throws {
    let recipe = try recipe(
      "{generate: beats, count: 10}", input: "[220, 1]", units: 5,
      more: "  validation: {share: 0.25, stratified: true}\naugmentation: [noise: 1]")
    let data = try recipe.loadData(for: try recipe.makeModel())
    #expect(data.training.count == 30 && data.validation?.count == 10)
    let held = try #require(data.validation)
    // Items for validation are asked for without an epoch, and are as they are.
    #expect(try held.items([0], epoch: nil) == held.items([0], epoch: nil))
    #expect(try held.items([0], epoch: nil) != held.items([0], epoch: 0))
  }
}
