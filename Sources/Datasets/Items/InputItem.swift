import Images
import TensorCore

/// One item that a model can be asked about, found but not loaded.
public struct InputItem: Sendable {
  /// The name in tables and of files, without an ending: `01_TUMOR/tile_7` or `x_test-12`; no two items of a set share one.
  public internal(set) var name: String
  /// The class that the data give for it, when they do.
  public let label: Int?
  let source: Source

  /// Whether it is a picture with a file of its own.
  public var isImage: Bool { if case .image = source { true } else { false } }

  enum Source: Sendable {
    case image(path: String)
    case row(NumericArray, index: Int?, ItemForm)
  }

  /// An item ready for a model.
  public struct Loaded: Sendable {
    /// What the model sees, `[1, spatial..., channels]`.
    public let input: Tensor
    /// The picture in the resolution of the input with values from 0 to 1, for images.
    public let picture: Tensor?
  }

  /// Loads the item.
  ///
  /// Images get the channels that the model takes (grey is repeated, colour is weighted by ITU-R 601-2, transparency is dropped) and
  /// its extents, as Pillow's bilinear filter resizes 8-bit data. Arrays of images get its channels in the same way, without rounding.
  ///
  /// - Parameters:
  ///   - shape: The shape that the model takes, `[1, spatial..., channels]`.
  ///   - scaling: How values are scaled.
  /// - Returns: The item as the model sees it.
  /// - Throws: `InputError` when the file is damaged or holds numbers that are not finite.
  public func load(as shape: Shape, scaling: InputScaling) throws(InputError) -> Loaded {
    switch source {
    case .image(let path):
      let pixels = try pixels(of: path, shape).tensor()
      return Loaded(input: try scaling(pixels, isImage: true), picture: pixels * (1 / 255))
    case .row(let array, let index, let form):
      let values = form.item((index.map { array.rows([$0]) } ?? array).tensor(), as: shape)
      if let index = values.indexOfFirstNonFinite { throw .notFinite(item: name, index: index) }
      return Loaded(input: try scaling(values, isImage: false), picture: nil)
    }
  }

  private func pixels(of path: String, _ shape: Shape) throws(InputError) -> PixelImage {
    do {
      return try PixelImage(contentsOf: path).converted(toChannels: shape.channels)
        .resized(height: shape.spatial[0], width: shape.spatial[1])
    } catch {
      throw .image(error)
    }
  }
}
