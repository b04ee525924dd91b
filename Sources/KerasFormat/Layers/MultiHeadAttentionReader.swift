import Networks
import TensorCore

/// `MultiHeadAttention`, and `GroupedQueryAttention`, in which several heads share keys and values.
enum MultiHeadAttentionReader: KerasLayer {
  static let classNames = ["MultiHeadAttention", "GroupedQueryAttention", "GroupQueryAttention"]
  static let inputCount = 2...3
  static let ignoresCall = false

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let configuration = source.configuration
    for option in ["use_gate", "sliding_window"]
    where configuration.values[option] ?? .boolean(false) != .boolean(false) {
      throw configuration.unsupported("the option", option, hint: "save the model without it")
    }
    try requireAllAxes(source)
    let heads = try headCounts(configuration)
    let keyChannels = try configuration.count(
      configuration.layerClass == "MultiHeadAttention" ? "key_dim" : "head_dim")
    let valueChannels = try configuration.count("value_dim", default: keyChannels)
    let key = source.inputs[source.inputs.count - 1].channels
    let projections = MultiHeadAttentionLayer.Projections(
      query: try projection("query", source, from: source.channels, heads: heads.query, keyChannels),
      key: try projection(
        "key", source, from: key, heads: heads.key, keyChannels, times: heads.query / heads.key),
      value: try projection(
        "value", source, from: source.inputs[1].channels, heads: heads.key, valueChannels,
        times: heads.query / heads.key),
      output: try output(source, heads: heads.query, valueChannels))
    return [
      MultiHeadAttentionLayer(
        projections, heads: heads.query, sequences: source.inputs.count, masked: source.masked,
        isCausal: try source.isCausal(), parameterCount: parameters(projections, heads))
    ]
  }

  /// Version 3 of Keras takes the masks off the sequences that `MultiHeadAttention` has read.
  static func maskFlow(for source: LayerSource) -> MaskFlow {
    let configuration = source.configuration
    let takes = configuration.layerClass == "MultiHeadAttention" && configuration.kerasVersion.major >= 3
    return takes ? .taken : .readAndPassed
  }

  /// The numbers of heads of queries, and of keys and values.
  private static func headCounts(
    _ configuration: LayerConfiguration
  ) throws(KerasFormatError) -> (query: Int, key: Int) {
    guard configuration.layerClass != "MultiHeadAttention" else {
      let heads = try configuration.count("num_heads")
      return (heads, heads)
    }
    let query = try configuration.count("num_query_heads")
    let key = try configuration.count("num_key_value_heads")
    guard query % key == 0 else {
      throw configuration.wrong("num_key_value_heads", expected: "a divisor of the \(query) query heads")
    }
    return (query, key)
  }

  /// Keras attends over all axes between batch and channels unless it is told otherwise.
  private static func requireAllAxes(_ source: LayerSource) throws(KerasFormatError) {
    guard let value = source.configuration.values["attention_axes"] else { return }
    let rank = source.inputs[0].rank
    let axes = (value.wholeNumber.map { [$0] } ?? value.elements?.compactMap(\.wholeNumber) ?? []).map {
      $0 < 0 ? $0 + rank : $0
    }
    guard axes.sorted() == Array(1..<(rank - 1)) else {
      throw source.configuration.unsupported(
        "the attention_axes", value.summary,
        hint: "only attention over all axes between batch and channels is read")
    }
  }

  /// The dense layer of queries, keys or values, every head repeated for the queries that share it.
  private static func projection(
    _ name: String, _ source: LayerSource, from channels: Int, heads: Int, _ size: Int, times: Int = 1
  ) throws(KerasFormatError) -> Convolution {
    let weights = try part(name, folder: name, of: source)
    var kernel = try weights.tensor("kernel", shape: [channels, heads, size]).reshaped(to: [
      channels, heads * size,
    ])
    var bias =
      try source.configuration.flag("use_bias", default: true)
      ? weights.tensor("bias", shape: [heads, size]).reshaped(to: [1, heads * size]) : nil
    if times > 1 {
      kernel = kernel.repeatingHeads(heads, times)
      bias = bias?.repeatingHeads(heads, times)
    }
    return try source.fitting { [kernel, bias] () throws(GeometryError) in
      try Convolution(
        weights: kernel, bias: bias.map { $0.reshaped(to: [$0.count]) }, window: Window(kernel: []))
    }
  }

  /// The weights of one of the dense layers.
  private static func part(
    _ name: String, folder: String, of source: LayerSource
  ) throws(KerasFormatError) -> LayerWeights {
    let mark = source.configuration.layerClass == "MultiHeadAttention" ? "" : "_"
    return try source.weights.part(.named(name), in: ["\(mark)\(folder)_dense"])
  }

  /// The dense layer of what the heads read.
  private static func output(
    _ source: LayerSource, heads: Int, _ size: Int
  ) throws(KerasFormatError) -> Convolution {
    let configuration = source.configuration
    var channels = source.channels
    if let shape = configuration.values["output_shape"], configuration.layerClass == "MultiHeadAttention" {
      let list = shape.wholeNumber.map { [$0] } ?? shape.elements?.compactMap(\.wholeNumber) ?? []
      guard list.count == 1, list[0] > 0 else {
        throw configuration.wrong("output_shape", expected: "one positive whole number")
      }
      channels = list[0]
    }
    let weights = try part("attention_output", folder: "output", of: source)
    let kernel = try weights.tensor("kernel", shape: [heads, size, channels]).reshaped(to: [
      heads * size, channels,
    ])
    let bias =
      try configuration.flag("use_bias", default: true) ? weights.tensor("bias", shape: [channels]) : nil
    return try source.fitting { () throws(GeometryError) in
      try Convolution(weights: kernel, bias: bias, window: Window(kernel: []))
    }
  }

  /// The trained numbers, those of shared heads once.
  private static func parameters(
    _ projections: MultiHeadAttentionLayer.Projections, _ heads: (query: Int, key: Int)
  ) -> Int {
    let shared = projections.key.parameterCount + projections.value.parameterCount
    return projections.query.parameterCount + projections.output.parameterCount + shared
      / (heads.query / heads.key)
  }
}

extension Tensor {
  /// Every one of some equal runs of channels several times in a row.
  fileprivate func repeatingHeads(_ heads: Int, _ times: Int) -> Tensor {
    Tensor(joiningChannels: channelRuns(heads).flatMap { Array(repeating: $0, count: times) })
  }
}
