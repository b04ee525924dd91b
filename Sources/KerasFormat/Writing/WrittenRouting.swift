import Networks
import TensorCore

extension InputLayer: KerasWritable {
  /// `InputLayer` under the key that Keras 2 and 3 both read.
  func written(for inputs: [Shape]) -> WrittenLayer {
    WrittenLayer(
      "InputLayer",
      ["batch_input_shape": .array([.null] + shape.extents.dropFirst().map { .integer($0) })])
  }
}

extension FlattenLayer: KerasWritable {
  /// `Flatten`.
  func written(for inputs: [Shape]) -> WrittenLayer {
    WrittenLayer("Flatten", ["data_format": .string("channels_last")])
  }
}

extension ReshapeLayer: KerasWritable {
  /// `Reshape`.
  func written(for inputs: [Shape]) -> WrittenLayer {
    WrittenLayer("Reshape", ["target_shape": .integers(target)])
  }
}

extension ZeroPaddingLayer: KerasWritable {
  /// `ZeroPadding1D` to `ZeroPadding3D`.
  func written(for inputs: [Shape]) throws(Unwritable) -> WrittenLayer {
    guard value == 0 else {
      throw Unwritable(reason: "Keras has no layer that pads with another value than zero")
    }
    let sides = margins.map { JSONValue.integers([$0.low, $0.high]) }
    var options = ["padding": margins.count == 1 ? sides[0] : .array(sides)]
    // The layer for one axis knows no other format, and versions before Keras 3 not the option.
    if margins.count > 1 { options["data_format"] = .string("channels_last") }
    return WrittenLayer("ZeroPadding\(margins.count)D", options)
  }
}

extension MergeLayer: KerasWritable {
  /// `Add`, `Subtract`, `Multiply`, `Average`, `Maximum`, `Minimum`.
  func written(for inputs: [Shape]) throws(Unwritable) -> WrittenLayer {
    guard kind != .divide, inputs.count > 1 else {
      throw Unwritable(reason: "Keras has no layer that divides, or that merges a single input")
    }
    return WrittenLayer(kind.rawValue.capitalized)
  }
}

extension ConcatenationLayer: KerasWritable {
  /// `Concatenate`.
  func written(for inputs: [Shape]) throws(Unwritable) -> WrittenLayer {
    guard inputs.count > 1 else { throw Unwritable(reason: "Keras does not concatenate a single input") }
    return WrittenLayer("Concatenate", ["axis": .integer(axis)])
  }
}
