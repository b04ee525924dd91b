import ImageShims

/// What the first samples of a TIFF's pixels mean.
enum TIFFColor {
  case grey(whiteIsZero: Bool)
  case rgb
  case palette
  case cmyk

  /// Reads the meaning from a header.
  ///
  /// - Throws: `ImageError.unsupported` for a meaning, a kind or a number of samples that cannot be read.
  init(_ header: image_tiff_header, of file: EncodedImage) throws(ImageError) {
    switch header.photometric {
    case 0: self = .grey(whiteIsZero: true)
    case 1: self = .grey(whiteIsZero: false)
    case 2: self = .rgb
    case 3: self = .palette
    case 5: self = .cmyk
    // The JPEG codec has been told to make RGB of it, which it does where the samples of a pixel lie together.
    case 6 where header.compression == TIFFCompression.jpeg.rawValue && header.is_planar == 0: self = .rgb
    default:
      throw file.unsupported(
        header.photometric < 0 ? "none" : "photometric interpretation \(header.photometric)",
        expected: "grey (photometric interpretation 0 or 1), RGB (2), a palette (3) or CMYK (5)")
    }
    try checkSamples(header, of: file)
  }

  /// The number of samples of a colour.
  var samples: Int {
    switch self {
    case .grey, .palette: 1
    case .rgb: 3
    case .cmyk: 4
    }
  }

  /// Whether a sample beyond the colour can be alpha.
  var takesAlpha: Bool {
    switch self {
    case .grey, .rgb: true
    case .palette, .cmyk: false
    }
  }

  /// The bits that a sample may have.
  private var depths: [UInt16] {
    switch self {
    case .grey: [1, 2, 4, 8, 16]
    case .palette: [1, 2, 4, 8]
    case .rgb, .cmyk: [8, 16]
    }
  }

  private func checkSamples(_ header: image_tiff_header, of file: EncodedImage) throws(ImageError) {
    guard header.sample_format == 1 || header.sample_format == 4 else {
      throw file.unsupported(
        "sample format \(header.sample_format)", expected: "whole numbers without a sign (sample format 1)")
    }
    guard depths.contains(header.bits_per_sample) else {
      let known = depths.map(String.init).joined(separator: ", ")
      throw file.unsupported("\(header.bits_per_sample)", expected: "\(known) bits per sample")
    }
    // Samples of less than a byte are read one per pixel: no program writes others.
    guard header.samples_per_pixel >= samples, header.bits_per_sample >= 8 || header.samples_per_pixel == 1
    else {
      throw file.unsupported(
        "\(header.samples_per_pixel)",
        expected: samples == 1 ? "1 sample per pixel" : "\(samples) samples per pixel")
    }
    if case .palette = self, header.red == nil || header.green == nil || header.blue == nil {
      throw file.unsupported("none", expected: "a palette")
    }
  }
}
