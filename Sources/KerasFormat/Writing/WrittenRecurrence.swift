import Networks
import TensorCore

extension RecurrentLayer: KerasWritable {
  /// `SimpleRNN`, `LSTM`, `GRU`, `ConvLSTM1D` to `3D`, or `RNN` over `StackedRNNCells`.
  func written(for inputs: [Shape]) throws(Unwritable) -> WrittenLayer { try recurrence.written() }
}

extension BidirectionalLayer: KerasWritable {
  /// `Bidirectional`, with a layer of its own for the way back where that is not the mirror image of the first.
  func written(for inputs: [Shape]) throws(Unwritable) -> WrittenLayer {
    let (first, second) = (try forward.written(), try backward.written())
    guard forward.isReversed != backward.isReversed else {
      throw Unwritable(reason: "both its layers go in the same direction, which Keras refuses")
    }
    var options: [String: JSONValue] = [
      "layer": first.nested(as: "forward"), "merge_mode": .string(merge.rawValue),
    ]
    var mirrored = first
    mirrored.options["go_backwards"] = .boolean(backward.isReversed)
    if mirrored.layerClass != second.layerClass || mirrored.options != second.options {
      options["backward_layer"] = second.nested(as: "backward")
    }
    func named(_ weights: [WrittenLayer.Weight], _ direction: String) -> [WrittenLayer.Weight] {
      weights.map { .init(name: "\(direction)/\($0.name)", values: $0.values) }
    }
    return WrittenLayer(
      "Bidirectional", options, weights: named(first.weights, "forward") + named(second.weights, "backward"))
  }
}

extension WrittenLayer {
  /// The layer as an option of one that wraps it.
  func nested(as name: String) -> JSONValue {
    var options = options
    options["name"] = .string(name)
    options["dtype"] = .string("float32")
    if takesTrainability { options["trainable"] = .boolean(true) }
    return .object(["class_name": .string(layerClass), "config": .object(options)])
  }
}

extension Recurrence {
  /// The layer of Keras for the recurrence alone.
  fileprivate func written() throws(Unwritable) -> WrittenLayer {
    var layer: WrittenLayer
    if let stack = cell as? StackedCell {
      layer = WrittenLayer("RNN")
      var cells: [JSONValue] = []
      for (index, cell) in stack.cells.enumerated() {
        let written = try cell.written()
        guard !written.layerClass.hasPrefix("Conv") else {
          throw Unwritable(reason: "Keras has no cells of convolutions to put one on the other")
        }
        let inner = WrittenLayer("\(written.layerClass)Cell", written.options)
        cells.append(inner.nested(as: "cell_\(index + 1)"))
        layer.weights += written.weights.map {
          .init(name: "cell_\(index + 1)/\($0.name)", values: $0.values)
        }
      }
      layer.options["cell"] = WrittenLayer("StackedRNNCells", ["cells": .array(cells)]).nested(as: "cells")
    } else {
      layer = try cell.written()
    }
    layer.options["return_sequences"] = .boolean(returnsSequence)
    layer.options["go_backwards"] = .boolean(isReversed)
    return layer
  }
}

extension RecurrentCell {
  /// The layer of Keras that repeats the cell.
  fileprivate func written() throws(Unwritable) -> WrittenLayer {
    switch self {
    case let cell as SimpleRecurrentCell:
      return try cell.weights.written("SimpleRNN", ["activation": .string(cell.activation.nameInCells())])
    case let cell as LongShortTermMemoryCell:
      let axes = cell.weights.input.window.spatialRank
      return try cell.weights.written(
        axes == 0 ? "LSTM" : "ConvLSTM\(axes)D", Self.functions(cell.activation, cell.gateActivation))
    case let cell as GatedRecurrentCell:
      let functions = try Self.functions(cell.activation, cell.gateActivation)
      return try cell.weights.written("GRU", functions.merging(["reset_after": .boolean(false)]) { $1 })
    case let cell as ResetAfterCell:
      let functions = try Self.functions(cell.activation, cell.gateActivation)
      return try cell.weights.written("GRU", functions.merging(["reset_after": .boolean(true)]) { $1 })
    default: throw Unwritable(reason: "Keras 2 and 3 do not both have its cell")
    }
  }

  private static func functions(
    _ activation: Activation, _ gate: Activation
  ) throws(Unwritable) -> [String: JSONValue] {
    [
      "activation": .string(try activation.nameInCells()),
      "recurrent_activation": .string(try gate.nameInCells()),
    ]
  }
}

extension Activation {
  /// The name of the function of a cell.
  fileprivate func nameInCells() throws(Unwritable) -> String {
    guard let writtenName else {
      throw Unwritable(
        reason: "Keras 2 and 3 do not both have the function of its gates or states with the same meaning")
    }
    return writtenName
  }
}

extension RecurrentWeights {
  /// A layer with these weights: the bias of both matrices is one, but for the cell that resets after the product.
  fileprivate func written(
    _ layerClass: String, _ functions: [String: JSONValue]
  ) throws(Unwritable) -> WrittenLayer {
    let biases = [input.bias, recurrent.bias].compactMap(\.self)
    var options = functions
    options["use_bias"] = .boolean(!biases.isEmpty)
    let window = input.window
    if window.spatialRank == 0 {
      options["units"] = .integer(units)
    } else {
      guard recurrent.window == Window(kernel: window.kernel, padding: .same), window.padding != .causal
      else {
        throw Unwritable(reason: "Keras has no such windows in recurrent layers")
      }
      options["filters"] = .integer(units)
      options["kernel_size"] = .integers(window.kernel)
      options["strides"] = .integers(window.stride)
      options["dilation_rate"] = .integers(window.dilation)
      options["padding"] = .string(try window.padding.kerasName)
      options["data_format"] = .string("channels_last")
    }
    var arrays = [("kernel", input.weights), ("recurrent_kernel", recurrent.weights)]
    if !biases.isEmpty {
      let zeros = Tensor(biases[0].shape)
      let both = [input.bias ?? zeros, recurrent.bias ?? zeros].map { $0.reshaped(to: [1, $0.count]) }
      let isPair = options["reset_after"] == .boolean(true)
      let one = biases.count == 1 ? biases[0] : biases[0] + biases[1]
      arrays.append(("bias", isPair ? Tensor(joining: both) : one))
    }
    return WrittenLayer(
      layerClass, options, weights: arrays.map { WrittenLayer.Weight(name: $0, values: $1) })
  }
}
