import Networks
import TensorCore

/// `AdaptiveAveragePooling1D` to `AdaptiveMaxPooling3D`: windows that divide the input into a given number of cells.
enum AdaptivePoolingReader: SpatialKerasLayer {
  static let classNames = [
    "AdaptiveAveragePooling1D", "AdaptiveAveragePooling2D", "AdaptiveAveragePooling3D",
    "AdaptiveMaxPooling1D", "AdaptiveMaxPooling2D", "AdaptiveMaxPooling3D",
  ]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let configuration = source.configuration
    let axes = try source.spatialRank()
    let extents = source.inputs[0].spatial
    let output = try configuration.counts("output_size", axes: axes)
    let isMaximum = configuration.layerClass.hasPrefix("AdaptiveMax")
    if zip(extents, output).allSatisfy({ $0 % $1 == 0 }) {
      let size = zip(extents, output).map { $0 / $1 }
      return [
        PoolingLayer(Pooling(isMaximum ? .maximum : .average, over: Window(kernel: size, stride: size)))
      ]
    }
    guard !isMaximum else {
      throw configuration.unsupported(
        "the output size", Shape(output).description,
        hint: "only sizes that divide the input's \(Shape(extents)) are read")
    }
    return [ResamplingLayer(zip(extents, output).map { means(from: $0, to: $1) })]
  }

  /// Cell `i` of `m` is the mean of the cells from `i * n / m`, rounded down, to `(i + 1) * n / m`, rounded up.
  private static func means(from length: Int, to extent: Int) -> AxisMatrix {
    AxisMatrix(
      columns: length,
      rows: (0..<extent).map { index in
        let cells = (index * length / extent)..<(((index + 1) * length + extent - 1) / extent)
        return cells.map { AxisMatrix.Element(column: $0, weight: 1 / Float(cells.count)) }
      })
  }
}
