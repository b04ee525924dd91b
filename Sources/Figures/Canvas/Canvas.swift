import CCairo

/// The surface that panels, axes and titles draw on; the same calls make pixels, SVG and PDF.
///
/// One unit is a point in PDF, a CSS pixel in SVG and two pixels in PNG. y grows downwards.
package final class Canvas {
  /// Pixels of a PNG per unit.
  package static let pixelsPerUnit = 2.0

  private let context: OpaquePointer

  /// Draws through a cairo context, which must outlive the canvas.
  init(_ context: OpaquePointer) {
    self.context = context
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
  }

  /// The coordinate nearest to a value on which a line of one unit covers whole pixels.
  package static func snapped(_ value: Double) -> Double { (value * pixelsPerUnit).rounded() / pixelsPerUnit }

  /// Fills a rectangle.
  package func fill(_ rectangle: Rectangle, _ color: Color) {
    use(color)
    add(rectangle)
    cairo_fill(context)
  }

  /// Draws the outline of a rectangle.
  package func outline(_ rectangle: Rectangle, _ color: Color, width: Double = 1) {
    use(color)
    cairo_set_line_width(context, width)
    add(rectangle)
    cairo_stroke(context)
  }

  /// Fills the area inside a closed line.
  package func fill(_ corners: [Point], _ color: Color) {
    guard corners.count > 2 else { return }
    use(color)
    add(corners)
    cairo_close_path(context)
    cairo_fill(context)
  }

  /// Draws a line through points; it has the butt ends of an axis or the round ends of a curve.
  package func line(
    _ points: [Point], _ color: Color, width: Double = 1, opacity: Double = 1, roundEnds: Bool = false
  ) {
    use(color, opacity: opacity)
    cairo_set_line_width(context, width)
    cairo_set_line_cap(context, roundEnds ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
    add(points)
    cairo_stroke(context)
  }

  /// Draws filled discs.
  package func dots(at centres: [Point], radius: Double, _ color: Color, opacity: Double = 1) {
    use(color, opacity: opacity)
    for centre in centres {
      cairo_new_sub_path(context)
      cairo_arc(context, centre.x, centre.y, radius, 0, 2 * .pi)
    }
    cairo_fill(context)
  }

  /// Draws something of which only the part inside a rectangle shows.
  package func clipped(to rectangle: Rectangle, _ body: () -> Void) {
    cairo_save(context)
    add(rectangle)
    cairo_clip(context)
    body()
    cairo_restore(context)
  }

  /// Fills a rectangle with strips of colour side by side, without seams between them.
  ///
  /// - Parameters:
  ///   - rectangle: The area.
  ///   - colors: The colours of strips of equal width, from the left (upright strips) or from the top.
  ///   - upright: Whether the strips stand side by side rather than lie on each other.
  package func fillStrips(_ rectangle: Rectangle, _ colors: [Color], upright: Bool) {
    let extent = upright ? rectangle.width : rectangle.height
    var start = 0
    while start < colors.count {
      let end = colors[start...].firstIndex { $0.packed != colors[start].packed } ?? colors.count
      let near = extent * Double(start) / Double(colors.count)
      // One unit more than its own, which the next strip covers: no viewer shows a seam.
      let far = min(extent * Double(end) / Double(colors.count) + 1, extent)
      var strip = rectangle
      if upright {
        strip.x += near
        strip.width = far - near
      } else {
        strip.y += near
        strip.height = far - near
      }
      fill(strip, colors[start])
      start = end
    }
  }

  /// Draws a picture of pixels stretched to a rectangle, its pixels staying sharp.
  package func draw(_ raster: Raster, in rectangle: Rectangle) {
    let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(raster.width), Int32(raster.height))
    defer { cairo_surface_destroy(surface) }
    guard let bytes = cairo_image_surface_get_data(surface) else { return }
    let stride = Int(cairo_image_surface_get_stride(surface))
    raster.pixels.withUnsafeBytes { pixels in
      for row in 0..<raster.height {
        let source = UnsafeRawBufferPointer(
          rebasing: pixels[(row * raster.width * 4)..<((row + 1) * raster.width * 4)])
        UnsafeMutableRawBufferPointer(start: bytes + row * stride, count: stride).copyMemory(from: source)
      }
    }
    cairo_surface_mark_dirty(surface)
    cairo_save(context)
    cairo_translate(context, rectangle.x, rectangle.y)
    cairo_scale(context, rectangle.width / Double(raster.width), rectangle.height / Double(raster.height))
    cairo_set_source_surface(context, surface, 0, 0)
    cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST)
    cairo_paint(context)
    cairo_restore(context)
  }

  /// Which part of a text lies at the place it is drawn at.
  package enum Anchor: Sendable {
    case start, middle, end
  }

  /// Draws one line of text.
  ///
  /// - Parameters:
  ///   - text: The line.
  ///   - place: The baseline at the anchor, or the middle of the digits' height when `centred`.
  ///   - font: The font.
  ///   - color: The colour.
  ///   - anchor: Which part of the text lies at the place.
  ///   - centred: Whether the text is centred across its direction.
  ///   - upwards: Whether the text is turned to run from the bottom up.
  package func text(
    _ text: String, at place: Point, _ font: Font, _ color: Color, anchor: Anchor = .start,
    centred: Bool = false, upwards: Bool = false
  ) {
    guard !text.isEmpty else { return }
    let width = font.width(of: text)
    let along =
      switch anchor {
      case .start: 0.0
      case .middle: -width / 2
      case .end: -width
      }
    cairo_save(context)
    cairo_translate(context, place.x, place.y)
    if upwards { cairo_rotate(context, -.pi / 2) }
    cairo_move_to(context, along, centred ? font.capHeight / 2 : 0)
    use(color)
    font.select(in: context)
    cairo_show_text(context, text)
    cairo_restore(context)
  }

  private func use(_ color: Color, opacity: Double = 1) {
    // Rounded as in a raster; cairo cuts off instead, and equal colours would differ by one.
    let packed = color.packed
    func component(_ shift: UInt32) -> Double { Double(packed >> shift & 255) / 255 }
    cairo_set_source_rgba(context, component(16), component(8), component(0), opacity)
  }

  private func add(_ rectangle: Rectangle) {
    cairo_rectangle(context, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
  }

  private func add(_ points: [Point]) {
    cairo_new_path(context)
    for point in points { cairo_line_to(context, point.x, point.y) }
  }
}
