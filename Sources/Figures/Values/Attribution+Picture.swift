import Explainers

extension Attribution {
  /// The input of an image as it is seen, in its own resolution; `nil` for signals and features.
  ///
  /// - Parameter options: The picture to show for the input, or the values that are black and white.
  /// - Returns: The pixels.
  package func inputPicture(_ options: FigureOptions) -> Raster? {
    guard case .image(let rows, let columns, let slices) = InputForm(input.shape) else { return nil }
    let extents = Plane(rows: rows, columns: columns, values: [Float](repeating: 0, count: rows * columns))
    let picture = displayPicture(rows: rows, columns: columns, slices: slices, shownAs: extents, options)
    return Raster(width: columns, height: rows, pixels: picture.colors.map(\.packed))
  }
}
