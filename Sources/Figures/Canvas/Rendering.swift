import CCairo
import Foundation
import Images

extension FigureFormat {
  /// The bytes of a file that holds one drawing on white; the same drawing always gives the same bytes.
  ///
  /// - Parameters:
  ///   - size: The extents of the drawing in units of the canvas.
  ///   - title: The title of the document (SVG, PDF).
  ///   - summary: The words of the document for readers that cannot see it (SVG).
  ///   - draw: Draws on a canvas of that size.
  /// - Returns: The content of a file.
  /// - Throws: `FigureError.drawing` when cairo fails.
  package func render(
    size: Size, title: String, summary: String, _ draw: (Canvas) -> Void
  ) throws(FigureError) -> Data {
    let sink = ByteSink()
    // The surface is finished inside this function, so the sink outlives every call of its writer.
    let closure = Unmanaged.passUnretained(sink).toOpaque()
    let surface = makeSurface(size, title, closure)
    defer { cairo_surface_destroy(surface) }
    try check(cairo_surface_status(surface))
    try paint(on: surface, size, draw)
    if self == .png { return try encoded(surface) }
    cairo_surface_finish(surface)
    try check(cairo_surface_status(surface))
    guard self == .svg else { return sink.bytes }
    return SVGDocument.stable(sink.bytes, title: title, summary: summary)
  }

  private func makeSurface(_ size: Size, _ title: String, _ closure: UnsafeMutableRawPointer)
    -> OpaquePointer?
  {
    switch self {
    case .png:
      let density = Canvas.pixelsPerUnit
      return cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, Int32((size.width * density).rounded(.up)),
        Int32((size.height * density).rounded(.up)))
    case .svg:
      let surface = cairo_svg_surface_create_for_stream(ByteSink.write, closure, size.width, size.height)
      cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PX)
      return surface
    case .pdf:
      let surface = cairo_pdf_surface_create_for_stream(ByteSink.write, closure, size.width, size.height)
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "SignalLens")
      // A fixed date: the time of drawing would make every file different.
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z")
      return surface
    }
  }

  private func paint(
    on surface: OpaquePointer?, _ size: Size, _ draw: (Canvas) -> Void
  ) throws(FigureError) {
    guard let context = cairo_create(surface) else { throw .drawing(format: self, reason: "no context") }
    defer { cairo_destroy(context) }
    if self == .png { cairo_scale(context, Canvas.pixelsPerUnit, Canvas.pixelsPerUnit) }
    let canvas = Canvas(context)
    canvas.fill(Rectangle(x: 0, y: 0, width: size.width, height: size.height), Color(grey: 1))
    draw(canvas)
    try check(cairo_status(context))
  }

  /// The pixels as a PNG file; cairo's own writer takes several times as long for a file a fifth smaller.
  private func encoded(_ surface: OpaquePointer?) throws(FigureError) -> Data {
    cairo_surface_flush(surface)
    guard let data = cairo_image_surface_get_data(surface) else {
      throw .drawing(format: self, reason: "no pixels")
    }
    let width = Int(cairo_image_surface_get_width(surface))
    let height = Int(cairo_image_surface_get_height(surface))
    let stride = Int(cairo_image_surface_get_stride(surface))
    let samples = [UInt8](unsafeUninitializedCapacity: height * width * 3) { samples, count in
      for row in 0..<height {
        // A pixel is one number of 32 bits: red, green and blue from bit 16 down.
        let pixels = UnsafeRawPointer(data + row * stride).assumingMemoryBound(to: UInt32.self)
        for column in 0..<width {
          let pixel = pixels[column]
          samples[count] = UInt8(truncatingIfNeeded: pixel >> 16)
          samples[count + 1] = UInt8(truncatingIfNeeded: pixel >> 8)
          samples[count + 2] = UInt8(truncatingIfNeeded: pixel)
          count += 3
        }
      }
    }
    do {
      return try PixelImage(height: height, width: width, channels: 3, samples: samples).encodedPNG()
    } catch {
      throw .drawing(format: self, reason: error.reason)
    }
  }

  private func check(_ status: cairo_status_t) throws(FigureError) {
    guard status != CAIRO_STATUS_SUCCESS else { return }
    throw .drawing(format: self, reason: String(cString: cairo_status_to_string(status)))
  }
}

/// Collects what cairo writes.
private final class ByteSink {
  var bytes = Data()

  static let write: cairo_write_func_t = { closure, data, length in
    guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
    Unmanaged<ByteSink>.fromOpaque(closure).takeUnretainedValue().bytes.append(data, count: Int(length))
    return CAIRO_STATUS_SUCCESS
  }
}
