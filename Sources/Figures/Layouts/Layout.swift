/// The body of a figure below its title: panels arranged with their axes and keys.
package protocol Layout: Sendable {
  /// The extents, without a margin.
  var size: Size { get }

  /// Draws with the upper left corner at a place.
  func draw(on canvas: Canvas, at corner: Point)
}
