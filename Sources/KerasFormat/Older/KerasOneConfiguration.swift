/// Reads the configurations of layers of Keras 1 as those of Keras 2: classes and options under the names that they have had since.
///
/// What Keras 2 itself does when it loads such files; options without influence on answers stay as they are.
struct KerasOneConfiguration {
  /// The file, for messages.
  let file: String
  /// The layer's name, for messages.
  let name: String

  /// The classes that have another name since.
  private static let classNames = [
    "Convolution1D": "Conv1D", "Convolution2D": "Conv2D", "Convolution3D": "Conv3D",
    "AtrousConvolution1D": "Conv1D", "AtrousConvolution2D": "Conv2D", "Deconvolution2D": "Conv2DTranspose",
    "SeparableConvolution2D": "SeparableConv2D",
  ]

  /// The options that have another name since.
  private static let optionNames = [
    "nb_filter": "filters", "filter_length": "kernel_size", "subsample": "strides",
    "subsample_length": "strides", "border_mode": "padding", "atrous_rate": "dilation_rate",
    "pool_length": "pool_size", "stride": "strides", "bias": "use_bias",
    "inner_activation": "recurrent_activation", "dim_ordering": "data_format", "p": "rate", "sigma": "stddev",
  ]

  /// Extents of kernels, which had an option for every axis.
  private static let kernelOptions = [["nb_row", "nb_col"], ["kernel_dim1", "kernel_dim2", "kernel_dim3"]]

  /// The modes of `Merge`, and the classes of the layers that do the same.
  private static let mergeClasses = [
    "sum": "Add", "mul": "Multiply", "ave": "Average", "max": "Maximum", "concat": "Concatenate",
    "dot": "Dot",
  ]

  /// A layer as Keras 2 has it.
  ///
  /// - Parameters:
  ///   - layerClass: Its class.
  ///   - values: Its configuration; names that it has already in the later form stay.
  /// - Returns: The class and the configuration.
  /// - Throws: `KerasFormatError` for an option that has no counterpart.
  func converted(
    _ layerClass: String, _ values: JSONValue
  ) throws(KerasFormatError) -> (layerClass: String, values: JSONValue) {
    guard var members = values.members else { return (layerClass, values) }
    if layerClass == "Merge" { return try merge(members) }
    if layerClass == "BatchNormalization", let mode = members["mode"], mode.wholeNumber != 0 {
      throw unsupported(
        layerClass, "the mode", mode,
        hint: "only mode 0, which normalises by stored statistics, is read by Keras since version 2")
    }
    for (old, new) in names(for: layerClass) {
      guard let value = members.removeValue(forKey: old), members[new] == nil else { continue }
      members[new] = value
    }
    for names in Self.kernelOptions where members["kernel_size"] == nil {
      let extents = names.compactMap { members[$0] }
      if extents.count == names.count { members["kernel_size"] = .array(extents) }
    }
    try convertValues(of: &members, layerClass)
    if let inner = members["layer"], let innerClass = inner["class_name"]?.text, let config = inner["config"]
    {
      let part = try converted(innerClass, config)
      members["layer"] = .object(["class_name": .string(part.layerClass), "config": part.values])
    }
    return (Self.classNames[layerClass] ?? layerClass, .object(members))
  }

  private func names(for layerClass: String) -> [String: String] {
    var names = Self.optionNames
    if layerClass == "UpSampling1D" { names["length"] = "size" }
    if layerClass != "Embedding" { names["output_dim"] = "units" }
    return names
  }

  /// Values that are written in another way.
  private func convertValues(
    of members: inout [String: JSONValue], _ layerClass: String
  ) throws(KerasFormatError) {
    switch members["data_format"]?.text {
    case "tf", "default": members["data_format"] = .string("channels_last")
    case "th": members["data_format"] = .string("channels_first")
    default: break
    }
    guard layerClass == "ZeroPadding2D" else { return }
    let sides =
      members["padding"]?.members.map { padding in
        ["top_pad", "bottom_pad", "left_pad", "right_pad"].map { padding[$0] ?? .integer(0) }
      } ?? members["padding"]?.elements
    if let sides, sides.count == 4 {
      members["padding"] = .array([.array([sides[0], sides[1]]), .array([sides[2], sides[3]])])
    }
  }

  /// A merging layer by its mode.
  private func merge(
    _ members: [String: JSONValue]
  ) throws(KerasFormatError) -> (layerClass: String, values: JSONValue) {
    let mode = members["mode"] ?? .string("sum")
    guard let name = mode.text, let layerClass = Self.mergeClasses[name],
      members["mode_type"].map({ $0 == .string("raw") }) ?? true
    else {
      throw unsupported(
        "Merge", "the mode", mode,
        hint: "the known ones are \(Self.mergeClasses.keys.sorted().joined(separator: ", "))")
    }
    var merged = members
    if let axis = members["concat_axis"] { merged["axis"] = axis }
    if let axes = members["dot_axes"] { merged["axes"] = axes }
    return (layerClass, .object(merged))
  }

  private func unsupported(
    _ layerClass: String, _ option: String, _ value: JSONValue, hint: String
  ) -> KerasFormatError {
    .unsupportedOption(
      file: file, layer: name, layerClass: layerClass, option: option, value: value.summary, hint: hint)
  }
}
