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
    // Keras 3 does not turn round by itself a first layer that goes backwards.
    if forward.isReversed || mirrored.layerClass != second.layerClass || mirrored.options != second.options {
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
  /// The options with those that all layers have.
  func members(as name: String) -> [String: JSONValue] {
    var options = options
    options["name"] = .string(name)
    options["dtype"] = .string("float32")
    if takesTrainability { options["trainable"] = .boolean(true) }
    return options
  }

  /// The layer as an option of one that wraps it.
  func nested(as name: String) -> JSONValue {
    // Keras 3 finds layers inside of layers by their module.
    return .object([
      "class_name": .string(layerClass), "config": .object(members(as: name)),
      "module": .string("keras.layers"),
      "registered_name": .null,
    ])
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
