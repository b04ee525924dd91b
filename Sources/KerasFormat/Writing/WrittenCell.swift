import Networks
import TensorCore

extension RecurrentCell {
  /// The layer of Keras that repeats the cell.
  func written() throws(Unwritable) -> WrittenLayer {
    switch self {
    case let cell as SimpleRecurrentCell:
      let arrays = WrittenCellArrays(of: cell.weights, isPair: false)
      return try arrays.layer("SimpleRNN", ["activation": cell.activation.inCells()], cell.weights)
    case let cell as LongShortTermMemoryCell:
      let axes = cell.weights.input.window.spatialRank
      return try Self.gated(
        axes == 0 ? "LSTM" : "ConvLSTM\(axes)D", cell.weights, cell.activation, cell.gateActivation,
        of: [true, true, false, true])
    case let cell as GatedRecurrentCell:
      return try Self.gated(
        "GRU", cell.weights, cell.activation, cell.gateActivation, of: [true, true, false], resetAfter: false)
    case let cell as ResetAfterCell:
      return try Self.gated(
        "GRU", cell.weights, cell.activation, cell.gateActivation, of: [true, true, false], resetAfter: true)
    default: throw Unwritable(reason: "Keras 2 and 3 do not both have its cell")
    }
  }

  /// A layer of which some of the parts side by side are gates.
  ///
  /// The slope of `hard_sigmoid`, in which the versions differ, goes into the weights of the gates: `min(relu(z), 1)` of `z = s x + 1/2`.
  private static func gated(
    _ layerClass: String, _ weights: RecurrentWeights, _ activation: Activation, _ gate: Activation,
    of parts: [Bool], resetAfter: Bool? = nil
  ) throws(Unwritable) -> WrittenLayer {
    var arrays = WrittenCellArrays(of: weights, isPair: resetAfter == true)
    var gate = gate
    if case .hardSigmoid(let slope) = gate {
      arrays.fold(slope: slope, intoGates: parts)
      gate = .relu(maximum: 1)
    }
    var functions = [
      "activation": try activation.inCells(), "recurrent_activation": try gate.inCells(),
    ]
    functions["reset_after"] = resetAfter.map { .boolean($0) }
    return try arrays.layer(layerClass, functions, weights)
  }
}

extension Activation {
  /// The function of a cell, by name or as a layer.
  fileprivate func inCells() throws(Unwritable) -> JSONValue {
    if let writtenName { return .string(writtenName) }
    guard case .relu = self,
      let layer = try? WrittenComposition(of: ActivationLayer(self), for: []).parts[0].layer
    else {
      throw Unwritable(
        reason: "Keras 2 and 3 do not both have the function of its gates or states with the same meaning")
    }
    return layer.nested(as: "function")
  }
}

/// The arrays of a cell as Keras has them: one bias for both matrices, or one for each where the reset comes after the product.
private struct WrittenCellArrays {
  var kernel: Tensor
  var recurrent: Tensor
  /// One or two rows; none without biases.
  var biases: [Tensor]

  init(of weights: RecurrentWeights, isPair: Bool) {
    kernel = weights.input.weights
    recurrent = weights.recurrent.weights
    let known = [weights.input.bias, weights.recurrent.bias]
    guard let some = known.compactMap(\.self).first else {
      biases = []
      return
    }
    let rows = known.map { ($0 ?? Tensor(some.shape)).reshaped(to: [1, some.count]) }
    // Nothing is added to a single bias, so that its bits stay.
    let present = zip(known, rows).filter { $0.0 != nil }.map(\.1)
    biases = isPair ? rows : [present.count == 1 ? present[0] : rows[0] + rows[1]]
  }

  /// Multiplies the parts that are gates with a slope, and adds a half to their bias.
  mutating func fold(slope: Float, intoGates parts: [Bool]) {
    func changed(_ array: Tensor, plus summand: Float = 0) -> Tensor {
      let runs = zip(array.channelRuns(parts.count), parts)
      return Tensor(
        joiningChannels: runs.map { run, isGate in isGate ? run.map { $0 * slope + summand } : run })
    }
    if biases.isEmpty { biases = [Tensor([1, kernel.shape.channels])] }
    kernel = changed(kernel)
    recurrent = changed(recurrent)
    biases = biases.enumerated().map { changed($1, plus: $0 == 0 ? 0.5 : 0) }
  }

  /// The layer with these arrays and the windows of a cell.
  func layer(
    _ layerClass: String, _ functions: [String: JSONValue], _ weights: RecurrentWeights
  ) throws(Unwritable) -> WrittenLayer {
    var options = functions
    options["use_bias"] = .boolean(!biases.isEmpty)
    let window = weights.input.window
    if window.spatialRank == 0 {
      options["units"] = .integer(weights.units)
    } else {
      let inner = Window(kernel: window.kernel, padding: .same)
      guard weights.recurrent.window == inner, window.padding != .causal else {
        throw Unwritable(reason: "Keras has no such windows in recurrent layers")
      }
      options["filters"] = .integer(weights.units)
      options["kernel_size"] = .integers(window.kernel)
      options["strides"] = .integers(window.stride)
      options["dilation_rate"] = .integers(window.dilation)
      options["padding"] = .string(try window.padding.kerasName)
      options["data_format"] = .string("channels_last")
    }
    var arrays = [("kernel", kernel), ("recurrent_kernel", recurrent)]
    if let first = biases.first {
      let isPair = functions["reset_after"] == .boolean(true)
      let rows = biases.count == 1 ? [first, Tensor(first.shape)] : biases
      arrays.append(
        ("bias", isPair ? Tensor(joining: rows) : first.reshaped(to: [first.count])))
    }
    return WrittenLayer(layerClass, options, weights: arrays.map { .init(name: $0, values: $1) })
  }
}
