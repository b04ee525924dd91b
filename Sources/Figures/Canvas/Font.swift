import CCairo

/// DejaVu Sans in one size and weight.
///
/// Text is never hinted, so that it has the same widths in every format. Letters that the font lacks (it has Latin, Greek,
/// Cyrillic, Armenian, Georgian and many symbols, no Chinese, Japanese or Korean) are drawn as boxes.
package struct Font: Sendable, Equatable {
  package static let family = "DejaVu Sans"

  package let size: Double
  package let isBold: Bool

  /// Creates a font of a size in units of the canvas.
  package init(size: Double, bold: Bool = false) {
    self.size = size
    isBold = bold
  }

  /// The height of an upper-case letter or a digit.
  package var capHeight: Double { size * 0.729 }

  /// The vertical distance of the baselines of two lines.
  package var lineHeight: Double { (size * 1.45).rounded() }

  /// The width of one line of text.
  package func width(of text: String) -> Double {
    let face = cairo_toy_font_face_create(Self.family, CAIRO_FONT_SLANT_NORMAL, weight)
    defer { cairo_font_face_destroy(face) }
    var (scale, identity) = (cairo_matrix_t(), cairo_matrix_t())
    cairo_matrix_init_scale(&scale, size, size)
    cairo_matrix_init_identity(&identity)
    let options = Self.makeOptions()
    defer { cairo_font_options_destroy(options) }
    let scaled = cairo_scaled_font_create(face, &scale, &identity, options)
    defer { cairo_scaled_font_destroy(scaled) }
    var extents = cairo_text_extents_t()
    cairo_scaled_font_text_extents(scaled, text, &extents)
    return extents.x_advance
  }

  /// The text, or as much of it as fits into a width with an ellipsis for the rest.
  ///
  /// - Parameters:
  ///   - text: One line.
  ///   - width: The largest width.
  ///   - keepsEnd: Whether the middle is left out rather than the end.
  /// - Returns: A text of at most that width, or an ellipsis where nothing fits.
  package func fitted(_ text: String, to width: Double, keepsEnd: Bool = false) -> String {
    // Nothing near this many letters fits a figure, and outside names have no bound.
    let letters = Array(text.prefix(400)) + (text.count > 400 ? Array(text.suffix(200)) : [])
    if text.count <= 400, self.width(of: text) <= width { return text }
    func shortened(_ count: Int) -> String {
      let tail = keepsEnd ? count / 2 : 0
      return String(letters.prefix(count - tail)) + "…" + String(letters.suffix(tail))
    }
    var (fits, tooMany) = (0, letters.count)
    while tooMany - fits > 1 {
      let count = (fits + tooMany) / 2
      if self.width(of: shortened(count)) <= width { fits = count } else { tooMany = count }
    }
    return shortened(fits)
  }

  /// Makes this the font of a drawing.
  func select(in context: OpaquePointer) {
    cairo_select_font_face(context, Self.family, CAIRO_FONT_SLANT_NORMAL, weight)
    cairo_set_font_size(context, size)
    let options = Self.makeOptions()
    cairo_set_font_options(context, options)
    cairo_font_options_destroy(options)
  }

  private var weight: cairo_font_weight_t { isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL }

  private static func makeOptions() -> OpaquePointer? {
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    return options
  }
}
