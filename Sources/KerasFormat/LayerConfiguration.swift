import TensorCore

/// The configuration of one layer, read key by key with errors that say where they are.
package struct LayerConfiguration: Sendable {
  let file: String
  let name: String
  let layerClass: String
  let values: JSONValue
  /// The version of Keras that wrote the file; some defaults depend on it.
  let kerasVersion: KerasVersion

  package init(
    file: String, name: String, layerClass: String, values: JSONValue, kerasVersion: KerasVersion
  ) {
    self.file = file
    self.name = name
    self.layerClass = layerClass
    self.values = values
    self.kerasVersion = kerasVersion
  }

  /// The same configuration under another name, by which messages know the layer.
  func named(_ name: String) -> LayerConfiguration {
    LayerConfiguration(
      file: file, name: name, layerClass: layerClass, values: values, kerasVersion: kerasVersion)
  }

  /// How many spatial axes the class name says: `Conv2D` has two.
  var spatialRank: Int? {
    guard layerClass.hasSuffix("D"), let digit = layerClass.dropLast().last?.wholeNumberValue else {
      return nil
    }
    return digit
  }

  /// A value of the wrong kind, or missing.
  func wrong(_ key: String, expected: String) -> KerasFormatError {
    .configuration(
      file: file, place: "layer '\(name)' (\(layerClass))", key: key, expected: expected,
      found: values[key]?.summary ?? "nothing")
  }

  /// An option that is not supported.
  func unsupported(_ option: String, _ value: String, hint: String) -> KerasFormatError {
    .unsupportedOption(
      file: file, layer: name, layerClass: layerClass, option: option, value: value, hint: hint)
  }

  /// A positive whole number.
  func count(_ key: String, default fallback: Int? = nil) throws(KerasFormatError) -> Int {
    if values[key] == nil, let fallback { return fallback }
    guard let number = values[key]?.wholeNumber, number > 0, number <= Int(Int32.max) else {
      throw wrong(key, expected: "a positive whole number up to \(Int32.max)")
    }
    return number
  }

  /// One positive whole number per spatial axis; a single number stands for all axes.
  func counts(_ key: String, axes: Int, default fallback: [Int]? = nil) throws(KerasFormatError) -> [Int] {
    guard let value = values[key] else {
      if let fallback { return fallback }
      throw wrong(key, expected: wholeNumbers(axes))
    }
    let numbers =
      value.wholeNumber.map { Array(repeating: $0, count: axes) } ?? value.elements?.compactMap(\.wholeNumber)
    guard let numbers, numbers.count == axes, numbers.allSatisfy({ $0 > 0 && $0 <= Window.largestParameter })
    else {
      throw wrong(key, expected: "\(wholeNumbers(axes)) up to \(Window.largestParameter)")
    }
    return numbers
  }

  private func wholeNumbers(_ count: Int) -> String {
    count == 1 ? "a positive whole number" : "\(count) positive whole numbers"
  }

  /// A number.
  func number(_ key: String, default fallback: Double? = nil) throws(KerasFormatError) -> Double {
    guard let value = values[key] else {
      if let fallback { return fallback }
      throw wrong(key, expected: "a number")
    }
    guard let number = value.realNumber else { throw wrong(key, expected: "a number") }
    return number
  }

  /// A truth value, as which Python takes 0 and 1 too.
  func flag(_ key: String, default fallback: Bool) throws(KerasFormatError) -> Bool {
    guard let value = values[key] else { return fallback }
    if let truth = value.truth { return truth }
    switch value.realNumber {
    case 0: return false
    case 1: return true
    default: throw wrong(key, expected: "true or false")
    }
  }

  /// A text.
  func text(_ key: String, default fallback: String? = nil) throws(KerasFormatError) -> String {
    guard let value = values[key] else {
      if let fallback { return fallback }
      throw wrong(key, expected: "a text")
    }
    guard let text = value.text else { throw wrong(key, expected: "a text") }
    return text
  }

  /// Refuses every data format but channels-last.
  func requireChannelsLast() throws(KerasFormatError) {
    let format = try text("data_format", default: "channels_last")
    guard format == "channels_last" else {
      throw unsupported("the data format", "'\(format)'", hint: "save the model with channels_last")
    }
  }

  /// The padding by its name.
  func padding() throws(KerasFormatError) -> Padding {
    switch try text("padding", default: "valid") {
    case "valid": return .valid
    case "same": return .same
    case "causal": return .causal
    default: throw wrong("padding", expected: "'valid', 'same' or 'causal'")
    }
  }
}
