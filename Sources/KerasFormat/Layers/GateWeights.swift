import TensorCore

/// The weights of the gates of a recurrent cell, side by side along the last axis in the order of Keras.
struct GateWeights {
  /// What acts on a step of the sequence.
  var kernel: Tensor
  /// What acts on the state.
  var recurrent: Tensor
  /// None, one for both, or one for each.
  var biases: [Tensor]
}

extension LayerSource {
  /// The weights of a cell of matrices, however the file keeps them.
  ///
  /// Keras 1 has three arrays per gate. cuDNN has the matrix of every gate transposed, and two biases one behind the other; which of
  /// the two a file has shows in its bias, whatever the layer's class, because Keras converts one into the other.
  ///
  /// - Parameters:
  ///   - gates: The number of gates.
  ///   - biasRows: Two where the layer has a bias for each matrix.
  /// - Returns: The weights.
  /// - Throws: `KerasFormatError` when one is not there or not as it should be.
  func gateWeights(_ gates: Int, biasRows: Int) throws(KerasFormatError) -> GateWeights {
    let units = try configuration.count("units")
    if let separate = try separateGates(gates, kernel: [channels, units], recurrent: [units, units]) {
      return separate
    }
    let all = gates * units
    let kernel = try weights.tensor("kernel", shape: [channels, all])
    let recurrent = try weights.tensor("recurrent_kernel", shape: [units, all])
    guard try configuration.flag("use_bias", default: true) else {
      return GateWeights(kernel: kernel, recurrent: recurrent, biases: [])
    }
    let plain = biasRows == 1 ? [all] : [biasRows, all]
    let stored = try weights.storedShape(of: "bias")
    let isFused = configuration.layerClass.hasPrefix("CuDNN")
    guard stored == [2 * all] && (gates == 4 || biasRows == 2) || isFused && stored != plain else {
      let bias = try weights.tensor("bias", shape: plain).reshaped(to: [biasRows, all])
      return GateWeights(
        kernel: kernel, recurrent: recurrent,
        biases: (0..<biasRows).map { bias.item($0).reshaped(to: [all]) })
    }
    let bias = try weights.tensor("bias", shape: [2 * all]).reshaped(to: [2, all])
    let turned = [kernel, recurrent].map { weights in
      Tensor(
        joiningChannels: weights.channelRuns(gates).map { gate in
          gate.reshaped(to: [units, gate.shape[0]]).withAxes([1, 0])
        })
    }
    return GateWeights(
      kernel: turned[0], recurrent: turned[1], biases: (0..<2).map { bias.item($0).reshaped(to: [all]) })
  }

  /// The weights of gates that the file has apart, as Keras 1 does; `nil` where it has them together.
  ///
  /// - Parameters:
  ///   - gates: The number of gates.
  ///   - kernel: The shape of what acts on a step, for one gate.
  ///   - recurrent: The shape of what acts on the state, for one gate.
  /// - Returns: The weights.
  /// - Throws: `KerasFormatError` when one is not there or not as it should be.
  func separateGates(
    _ gates: Int, kernel: [Int], recurrent: [Int]
  ) throws(KerasFormatError) -> GateWeights? {
    guard gates > 1, weights.orderedCount == 3 * gates else { return nil }
    let (inFile, wanted) =
      gates == 4 ? (["i", "c", "f", "o"], ["i", "f", "c", "o"]) : (["z", "r", "h"], ["z", "r", "h"])
    var parts: [String: GateWeights] = [:]
    for gate in inFile {
      parts[gate] = GateWeights(
        kernel: try weights.tensor("W_\(gate)", shape: kernel),
        recurrent: try weights.tensor("U_\(gate)", shape: recurrent),
        biases: [try weights.tensor("b_\(gate)", shape: [kernel[kernel.count - 1]])])
    }
    let ordered = wanted.compactMap { parts[$0] }
    let bias = Tensor(joiningChannels: ordered.map { $0.biases[0].reshaped(to: [1, $0.biases[0].count]) })
    return GateWeights(
      kernel: Tensor(joiningChannels: ordered.map(\.kernel)),
      recurrent: Tensor(joiningChannels: ordered.map(\.recurrent)),
      biases: [bias.reshaped(to: [bias.count])])
  }
}
