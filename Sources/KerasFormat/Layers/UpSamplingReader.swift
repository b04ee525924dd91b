import Networks
import TensorCore

/// `UpSampling1D`, `UpSampling2D`, `UpSampling3D`: every extent times a whole number.
enum UpSamplingReader: SpatialKerasLayer {
  static let classNames = ["UpSampling1D", "UpSampling2D", "UpSampling3D"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let configuration = source.configuration
    let axes = try source.spatialRank()
    let factors = try configuration.counts("size", axes: axes, default: Array(repeating: 2, count: axes))
    let output = zip(source.inputs[0].spatial, factors).map { $0.multipliedReportingOverflow(by: $1) }
    return try source.resampled(
      to: output.map { $0.overflow ? Int.max : $0.partialValue },
      by: configuration.resamplingFilter(default: "nearest"))
  }
}

/// `Resizing` of images to a given height and width.
enum ResizingReader: SpatialKerasLayer {
  static let classNames = ["Resizing"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let configuration = source.configuration
    let input = try source.imageExtents()
    let output = [try configuration.count("height"), try configuration.count("width")]
    let filter = try configuration.resamplingFilter(default: "bilinear")
    let isAntialiased = try configuration.flag("antialias", default: false)
    if try configuration.flag("crop_to_aspect_ratio", default: false) {
      let box = LayerSource.largestBox(like: output, in: input)
      return [CroppingLayer(box.margins)]
        + (try source.resampled(from: box.extents, to: output, by: filter, isAntialiased))
    }
    guard try configuration.flag("pad_to_aspect_ratio", default: false) else {
      return try source.resampled(to: output, by: filter, isAntialiased)
    }
    let sides = (0..<2).map { (LayerSource.proportional($0, to: output, of: input) - input[$0]) / 2 }
    let margins = sides.map { Padding.Margin(low: max($0, 0), high: max($0, 0)) }
    let padded = zip(input, margins).map { $0 + $1.low + $1.high }
    let value = Float(try configuration.number("fill_value", default: 0))
    guard value.isFinite, margins.allSatisfy({ $0.low <= Window.largestParameter }) else {
      throw configuration.wrong("fill_value", expected: "a finite number")
    }
    return [ZeroPaddingLayer(margins, value: value)]
      + (try source.resampled(from: padded, to: output, by: filter, isAntialiased))
  }
}

/// `CenterCrop`, and `RandomCrop` as it is at inference: the middle of the image in the proportions of the result, resized.
enum CenterCropReader: SpatialKerasLayer {
  static let classNames = ["CenterCrop", "RandomCrop"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let configuration = source.configuration
    let input = try source.imageExtents()
    let output = [try configuration.count("height"), try configuration.count("width")]
    if configuration.layerClass == "CenterCrop", zip(input, output).allSatisfy({ $0 >= $1 }) {
      let rest = zip(input, output).map { $0 - $1 }
      return [CroppingLayer(rest.map { .init(low: $0 / 2, high: $0 - $0 / 2) })]
    }
    let box = LayerSource.largestBox(like: output, in: input)
    return [CroppingLayer(box.margins)] + (try source.resampled(from: box.extents, to: output, by: .linear))
  }
}

extension LayerConfiguration {
  /// The filter that the key `interpolation` names.
  fileprivate func resamplingFilter(default fallback: String) throws(KerasFormatError) -> ResamplingFilter {
    let name = try text("interpolation", default: fallback)
    guard let filter = ResamplingFilter(rawValue: name.lowercased()) else {
      let known = ResamplingFilter.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      throw wrong("interpolation", expected: "one of \(known)")
    }
    return filter
  }
}

extension LayerSource {
  /// The height and the width of the input.
  fileprivate func imageExtents() throws(KerasFormatError) -> [Int] {
    let extents = inputs[0].spatial
    return try fitting { () throws(GeometryError) in
      guard extents.count == 2 else { throw .rankMismatch(window: 2, input: extents.count) }
      return extents
    }
  }

  /// The operation that gives the spatial axes other extents.
  fileprivate func resampled(
    from input: [Int]? = nil, to output: [Int], by filter: ResamplingFilter, _ isAntialiased: Bool = false
  ) throws(KerasFormatError) -> [any Layer] {
    let input = input ?? inputs[0].spatial
    for extent in output where extent > Window.largestParameter {
      try fitting { () throws(GeometryError) in
        throw .parameterOutOfRange(name: "new extent", value: extent, least: 1, most: Window.largestParameter)
      }
    }
    return [
      ResamplingLayer(
        zip(input, output).map { filter.matrix(from: $0, to: $1, isAntialiased: isAntialiased) })
    ]
  }

  /// The extent that an axis of an image has in the proportions of `output` when the other axis stays.
  ///
  /// Keras divides in 32 bits and rounds down.
  fileprivate static func proportional(_ axis: Int, to output: [Int], of input: [Int]) -> Int {
    let other = 1 - axis
    return Int(Float(input[other] * output[axis]) / Float(output[other]))
  }

  /// The largest box of the proportions of `output` in the middle of an image.
  fileprivate static func largestBox(
    like output: [Int], in input: [Int]
  ) -> (extents: [Int], margins: [Padding.Margin]) {
    let extents = (0..<2).map { max(min(input[$0], proportional($0, to: output, of: input)), 1) }
    let margins = zip(input, extents).map { whole, part in
      Padding.Margin(low: (whole - part) / 2, high: whole - part - (whole - part) / 2)
    }
    return (extents, margins)
  }
}
