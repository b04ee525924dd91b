import Images
import TensorCore

/// One tile of synthetic tissue with the mask of the structures that define its class.
public struct TissueTile: Sendable {
  /// The class.
  public let kind: TissueClass
  /// The tile, RGB.
  public let image: PixelImage
  /// The mask, grey: 255 where a structure defines the class, else 0; all 0 for `TissueClass.empty`.
  public let mask: PixelImage

  /// Draws a tile.
  ///
  /// The number of a tile decides on everything random about it, together with the seed; staining varies by 15 % for haematoxylin and 20 % for eosin,
  /// the white of the glass from 238 to 247, and the camera's noise has a deviation of 2.
  ///
  /// Cost: some hundredths of a second for 150 x 150 pixels.
  ///
  /// - Parameters:
  ///   - kind: The class.
  ///   - index: The number of the tile within its class, at least 0.
  ///   - options: The extent of the tile and the seed.
  /// - Throws: `DatasetError.option` when an option is outside its range.
  public init(_ kind: TissueClass, index: Int, _ options: Tissue.Options = .init()) throws(DatasetError) {
    try options.validate()
    let item = kind.rawValue * Tissue.Options.mostTiles + index
    var recipe = TissueRecipe(
      canvas: TissueCanvas(size: options.size), random: NumPyLegacyRandom(seed: options.seed, item: item))
    let random = (0..<3).map { _ in recipe.random.uniform() }
    recipe.draw(kind)
    self.kind = kind
    image = recipe.canvas.image(
      hematoxylin: 0.85 + 0.3 * random[0], eosin: 0.8 + 0.4 * random[1], white: 238 + 9 * random[2],
      noise: 2, &recipe.random)
    mask = recipe.canvas.maskImage
  }
}
