import Networks
import TensorCore

/// `Attention` and `AdditiveAttention`.
enum AttentionReader: KerasLayer {
  static let classNames = ["Attention", "AdditiveAttention"]
  static let inputCount = 2...3
  static let ignoresCall = false

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    return [
      AttentionLayer(
        try score(source), sequences: source.inputs.count, masked: source.masked,
        isCausal: try source.isCausal())
    ]
  }

  static func maskFlow(for source: LayerSource) -> MaskFlow { .readAndPassed }

  private static func score(_ source: LayerSource) throws(KerasFormatError) -> AttentionScore {
    let configuration = source.configuration
    if configuration.layerClass == "AdditiveAttention" {
      guard try configuration.flag("use_scale", default: true) else {
        return .sum(scale: [], inner: 1, weight: 1, parameters: 0)
      }
      let scale = try source.weights.tensor("scale", shape: [source.channels]).values
      return .sum(scale: scale, inner: 1, weight: 1, parameters: scale.count)
    }
    let isScaled = try configuration.flag("use_scale", default: false)
    let scale = isScaled ? try source.weights.tensor("scale", shape: []).values[0] : 1
    switch try configuration.text("score_mode", default: "dot") {
    case "dot": return .product(scale: scale, isTrained: isScaled)
    case "concat":
      let weight = try source.weights.tensor("concat_score_weight", shape: []).values[0]
      return .sum(scale: [], inner: scale, weight: weight, parameters: isScaled ? 2 : 1)
    default: throw configuration.wrong("score_mode", expected: "'dot' or 'concat'")
    }
  }
}

extension LayerSource {
  /// The inputs that have a mask.
  var masked: [Int] { masks.indices.filter { masks[$0] != nil } }

  /// Whether a query sees no value that comes after it: an option of the layer once, and of its use in later versions.
  func isCausal() throws(KerasFormatError) -> Bool {
    for name in ["attention_mask", "mask"] where !(call.keywords[name]?.references.isEmpty ?? true) {
      throw configuration.unsupported(
        "the argument", "'\(name)'",
        hint: "masks that are computed in the model are read of Masking and Embedding only")
    }
    if call.keywords["use_causal_mask"]?.constant == .boolean(true) { return true }
    return try configuration.flag("causal", default: false)
  }
}
