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

extension ZeroPaddingLayer: KerasComposable {
  /// `ZeroPadding1D` to `ZeroPadding3D`; another value is taken off before and added again behind.
  func composed(for inputs: [Shape]) throws(Unwritable) -> WrittenComposition {
    guard (1...3).contains(margins.count), value.isFinite else {
      throw Unwritable(reason: "Keras pads one to three spatial axes, with finite numbers")
    }
    let sides = margins.map { JSONValue.integers([$0.low, $0.high]) }
    var options = ["padding": margins.count == 1 ? sides[0] : .array(sides)]
    // The layer for one axis knows no other format, and versions before Keras 3 not the option.
    if margins.count > 1 { options["data_format"] = .string("channels_last") }
    let padding = WrittenLayer("ZeroPadding\(margins.count)D", options)
    guard value != 0 else { return WrittenComposition([padding]) }
    return WrittenComposition([.rescaling(1, -Double(value)), padding, .rescaling(1, Double(value))])
  }
}

extension CroppingLayer: KerasWritable {
  /// `Cropping1D` to `Cropping3D`.
  func written(for inputs: [Shape]) throws(Unwritable) -> WrittenLayer {
    guard (1...3).contains(margins.count) else {
      throw Unwritable(reason: "Keras crops one to three spatial axes, not \(margins.count)")
    }
    let sides = margins.map { JSONValue.integers([$0.low, $0.high]) }
    var options = ["cropping": margins.count == 1 ? sides[0] : .array(sides)]
    if margins.count > 1 { options["data_format"] = .string("channels_last") }
    return WrittenLayer("Cropping\(margins.count)D", options)
  }
}

extension PermutationLayer: KerasWritable {
  /// `Permute`.
  func written(for inputs: [Shape]) -> WrittenLayer { .permute(order.dropFirst()) }
}

extension RepetitionLayer: KerasWritable {
  /// `RepeatVector`.
  func written(for inputs: [Shape]) -> WrittenLayer { WrittenLayer("RepeatVector", ["n": .integer(count)]) }
}

extension SliceLayer: KerasComposable {
  /// For every axis `Cropping2D` of the item with the axes before and behind in line, and `MaxPooling2D` of single cells for steps.
  func composed(for inputs: [Shape]) -> WrittenComposition {
    var extents = Array(inputs[0].extents)
    var chain: [WrittenLayer] = []
    for (index, run) in slice.runs.enumerated() {
      chain += WrittenLayer.part(of: Shape(extents), along: index + 1, run)
      extents[index + 1] = run.count
    }
    return WrittenComposition(chain.isEmpty ? [.activation("linear")] : chain)
  }
}

extension WrittenLayer {
  /// Layers that take a part of an item along one axis; none for the whole.
  static func part(of shape: Shape, along axis: Int, _ run: TensorSlice.Run) -> [WrittenLayer] {
    let extent = shape[axis]
    guard run != .init(start: 0, count: extent, step: run.count == extent ? run.step : 1) else { return [] }
    let before = shape.extents[1..<axis].reduce(1, *)
    let end = run.start + (run.count - 1) * run.step + 1
    let cropping = JSONValue.array([.integers([0, 0]), .integers([run.start, extent - end])])
    let format = ["data_format": JSONValue.string("channels_last")]
    var chain = [
      reshape([before, extent, shape.extents[(axis + 1)...].reduce(1, *)]),
      WrittenLayer("Cropping2D", format.merging(["cropping": cropping]) { $1 }),
    ]
    if run.step > 1 {
      let options: [String: JSONValue] = [
        "pool_size": .integers([1, 1]), "strides": .integers([1, run.step]), "padding": .string("valid"),
      ]
      chain.append(WrittenLayer("MaxPooling2D", format.merging(options) { $1 }))
    }
    let rest = shape.extents[1..<axis] + [run.count] + shape.extents[(axis + 1)...]
    return chain + [reshape(rest)]
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
