import Networks
import TensorCore

/// `Reshape`; one extent may be -1 and is then what the others leave.
enum ReshapeReader: KerasLayer {
  static let classNames = ["Reshape"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let target = source.configuration.values["target_shape"]?.elements?.map { $0.wholeNumber }
    guard let target, !target.contains(nil) else {
      throw source.configuration.wrong("target_shape", expected: "a list of whole numbers")
    }
    return [ReshapeLayer(to: target.compactMap(\.self))]
  }
}
