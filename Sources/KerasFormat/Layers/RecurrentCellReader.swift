import Networks
import TensorCore

/// The cells of recurrent layers.
enum RecurrentCellReader {
  /// The cell of a layer, or a cell that a layer holds.
  ///
  /// - Parameter source: The configuration of either, with the shape of one step as its input.
  /// - Returns: The cell.
  /// - Throws: `KerasFormatError` when it is not known or its weights do not fit.
  static func cell(for source: LayerSource) throws(KerasFormatError) -> any RecurrentCell {
    let configuration = source.configuration
    switch configuration.layerClass {
    case "SimpleRNN", "SimpleRNNCell":
      let activation = try configuration.activation("activation", default: "tanh")
      return SimpleRecurrentCell(try dense(source, gates: 1), activation: activation)
    case "LSTM", "LSTMCell": return try memory(try dense(source, gates: 4), configuration)
    case "CuDNNLSTM":
      return LongShortTermMemoryCell(try dense(source, gates: 4))
    case "CuDNNGRU":
      return ResetAfterCell(try dense(source, gates: 3, biasRows: 2))
    case "GRU", "GRUCell": return try gated(source)
    case "RNN": return try cell(for: inner(try configuration.part("cell"), of: source))
    case "StackedRNNCells": return try stack(source)
    case "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D": return try memory(convolutional(source), configuration)
    default:
      throw configuration.unsupported(
        "the cell", "'\(configuration.layerClass)'",
        hint: "the known ones are SimpleRNNCell, LSTMCell, GRUCell and StackedRNNCells")
    }
  }

  /// The number of weights that the file has for a layer or a cell.
  static func weightCount(of configuration: LayerConfiguration) throws(KerasFormatError) -> Int {
    switch configuration.layerClass {
    case "RNN": return try weightCount(of: configuration.part("cell"))
    case "StackedRNNCells":
      var count = 0
      for part in try configuration.parts("cells") { count += try weightCount(of: part) }
      return count
    case "CuDNNLSTM", "CuDNNGRU": return 3
    default: return try configuration.flag("use_bias", default: true) ? 3 : 2
    }
  }

  private static func memory(
    _ weights: RecurrentWeights, _ configuration: LayerConfiguration
  ) throws(KerasFormatError) -> LongShortTermMemoryCell {
    LongShortTermMemoryCell(
      weights, activation: try configuration.activation("activation", default: "tanh"),
      gateActivation: try configuration.activation("recurrent_activation", default: gate(configuration)))
  }

  private static func gated(_ source: LayerSource) throws(KerasFormatError) -> any RecurrentCell {
    let configuration = source.configuration
    let activation = try configuration.activation("activation", default: "tanh")
    let gate = try configuration.activation("recurrent_activation", default: gate(configuration))
    // Files from before there was a choice do not name it.
    if try configuration.flag("reset_after", default: false) {
      return ResetAfterCell(
        try dense(source, gates: 3, biasRows: 2), activation: activation, gateActivation: gate)
    }
    let weights = try dense(source, gates: 3)
    return try source.fitting { () throws(GeometryError) in
      try GatedRecurrentCell(weights, activation: activation, gateActivation: gate)
    }
  }

  private static func gate(_ configuration: LayerConfiguration) -> String {
    configuration.kerasVersion.major >= 3 ? "sigmoid" : "hard_sigmoid"
  }

  private static func stack(_ source: LayerSource) throws(KerasFormatError) -> StackedCell {
    var cells: [any RecurrentCell] = []
    var shape = source.inputs[0]
    var next = 0
    var folders: [String: Int] = [:]
    for part in try source.configuration.parts("cells") {
      let count = try weightCount(of: part)
      let folder = WeightScope.folderName(of: part.layerClass, counting: &folders)
      let weights = try source.weights.part(.places(next..<(next + count)), in: ["cells", folder])
      let source = LayerSource(configuration: part, weights: weights, inputs: [shape])
      let cell = try cell(for: source)
      shape = try source.fitting { [shape] () throws(GeometryError) in
        try cell.stateShapes(for: cell.projectionShape(for: shape))[cell.outputState]
      }
      cells.append(cell)
      next += count
    }
    return try source.fitting { [cells] () throws(GeometryError) in
      try StackedCell(cells, input: source.inputs[0])
    }
  }

  private static func inner(_ part: LayerConfiguration, of source: LayerSource) -> LayerSource {
    LayerSource(configuration: part, weights: source.weights, inputs: source.inputs)
  }

  /// Two matrices with one bias, or with one for each of them.
  private static func dense(
    _ source: LayerSource, gates: Int, biasRows: Int = 1
  ) throws(KerasFormatError) -> RecurrentWeights {
    let weights = try source.gateWeights(gates, biasRows: biasRows)
    return try source.fitting { () throws(GeometryError) in
      let window = Window(kernel: [])
      return try RecurrentWeights(
        input: try Convolution(weights: weights.kernel, bias: weights.biases.first, window: window),
        recurrent: try Convolution(
          weights: weights.recurrent, bias: weights.biases.count > 1 ? weights.biases[1] : nil, window: window
        ),
        gates: gates)
    }
  }

  /// Two convolutions, the recurrent one of which keeps the extents.
  private static func convolutional(_ source: LayerSource) throws(KerasFormatError) -> RecurrentWeights {
    let configuration = source.configuration
    try configuration.requireChannelsLast()
    let axes = try source.spatialRank()
    let filters = try configuration.count("filters")
    let size = try configuration.counts("kernel_size", axes: axes)
    let ones = Array(repeating: 1, count: axes)
    let weights = try convolutionalGates(source, size, filters)
    let window = Window(
      kernel: size, stride: try configuration.counts("strides", axes: axes, default: ones),
      dilation: try configuration.counts("dilation_rate", axes: axes, default: ones),
      padding: try configuration.padding())
    return try source.fitting { () throws(GeometryError) in
      try RecurrentWeights(
        input: try Convolution(weights: weights.kernel, bias: weights.biases.first, window: window),
        recurrent: try Convolution(
          weights: weights.recurrent, window: Window(kernel: size, padding: .same)), gates: 4
      )
    }
  }

  private static func convolutionalGates(
    _ source: LayerSource, _ size: [Int], _ filters: Int
  ) throws(KerasFormatError) -> GateWeights {
    let kernel = size + [source.channels, filters]
    if let separate = try source.separateGates(4, kernel: kernel, recurrent: size + [filters, filters]) {
      return separate
    }
    let (together, recurrent) = (
      try source.kernel(size + [source.channels, 4 * filters]),
      try source.kernel(size + [filters, 4 * filters], named: "recurrent_kernel")
    )
    let hasBias = try source.configuration.flag("use_bias", default: true)
    let biases = hasBias ? [try source.weights.tensor("bias", shape: [4 * filters])] : []
    return GateWeights(kernel: together, recurrent: recurrent, biases: biases)
  }
}
