import CCairo
import Explainers
import Figures
import Foundation
import TensorCore

/// Attributions with values given by flat index.
func attribution(
  _ shape: Shape, mapShape: Shape? = nil, preset: ColorPreset = .signed,
  method: String = "integrated-gradients",
  layer: String? = nil, gap: Double? = nil, input: (Int) -> Float = { Float($0 % 7) / 7 },
  map: (Int) -> Float = { sin(Float($0)) }
) -> Attribution {
  let mapShape = mapShape ?? shape
  return Attribution(
    map: Tensor(mapShape, (0..<mapShape.count).map(map)), input: Tensor(shape, (0..<shape.count).map(input)),
    output: Tensor([1, 3], [0.1, 0.7, 0.2]), target: 1, scoreSpace: .logit, score: 2.5, completenessGap: gap,
    method: method, layer: layer, preset: preset)
}

/// The pixels of a PNG file, decoded by cairo.
func decoded(_ png: Data) -> Picture? {
  final class Source {
    var rest: Data
    init(_ data: Data) { rest = data }
  }
  let source = Source(png)
  let read: cairo_read_func_t = { closure, target, count in
    guard let closure, let target else { return CAIRO_STATUS_READ_ERROR }
    let source = Unmanaged<Source>.fromOpaque(closure).takeUnretainedValue()
    guard source.rest.count >= Int(count) else { return CAIRO_STATUS_READ_ERROR }
    source.rest.prefix(Int(count)).copyBytes(to: target, count: Int(count))
    source.rest = source.rest.dropFirst(Int(count))
    return CAIRO_STATUS_SUCCESS
  }
  let surface = cairo_image_surface_create_from_png_stream(read, Unmanaged.passUnretained(source).toOpaque())
  defer { cairo_surface_destroy(surface) }
  guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS,
    let bytes = cairo_image_surface_get_data(surface)
  else { return nil }
  let width = Int(cairo_image_surface_get_width(surface))
  let height = Int(cairo_image_surface_get_height(surface))
  let stride = Int(cairo_image_surface_get_stride(surface))
  let words = UnsafeRawBufferPointer(start: bytes, count: stride * height).bindMemory(to: UInt32.self)
  return Picture(width: width, height: height, stride: stride / 4, words: Array(words))
}

/// A decoded figure; its words are masked only where they are looked at, because a debug build is slow over a million pixels.
struct Picture {
  let width: Int
  let height: Int
  let stride: Int
  let words: [UInt32]

  /// One pixel as `0x00RRGGBB`.
  subscript(row: Int, column: Int) -> UInt32 { words[row * stride + column] & 0xFF_FFFF }

  /// All pixels of a row.
  func line(_ row: Int) -> [UInt32] { (0..<width).map { self[row, $0] } }

  /// How often each colour occurs.
  var histogram: [UInt32: Int] {
    (0..<height).reduce(into: [:]) { counts, row in
      for column in 0..<width { counts[self[row, column], default: 0] += 1 }
    }
  }

  /// Whether a border of a width, in pixels, has the colour of the paper.
  func hasWhiteBorder(_ border: Int) -> Bool {
    for row in 0..<height {
      let isEdge = row < border || row >= height - border
      let columns = isEdge ? Array(0..<width) : Array(0..<border) + Array((width - border)..<width)
      for column in columns where self[row, column] != 0xFF_FFFF { return false }
    }
    return true
  }
}
