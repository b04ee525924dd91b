import Networks
import TensorCore

/// `PReLU`, whose slopes may be shared along some axes.
enum ParametricReLUReader: KerasLayer {
  static let classNames = ["PReLU"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let input = source.inputs[0].with(batch: 1)
    let shared = try source.configuration.axes("shared_axes", rank: input.rank, default: [])
    let shape = input.extents.enumerated().map { shared.contains($0.offset) ? 1 : $0.element }
    let slopes = try source.weights.tensor("alpha", shape: Array(shape.dropFirst()))
    return [ParametricReLULayer(slopes: slopes.reshaped(to: Shape(shape)), over: input)]
  }
}
