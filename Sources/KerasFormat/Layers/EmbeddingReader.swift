import Networks
import TensorCore

/// `Embedding`, whose input holds indices; with `mask_zero` the index zero marks steps to be left out.
enum EmbeddingReader: KerasLayer {
  static let classNames = ["Embedding"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let shape = [
      try source.configuration.count("input_dim"), try source.configuration.count("output_dim"),
    ]
    return [EmbeddingLayer(Embedding(try source.weights.tensor("embeddings", shape: shape)))]
  }

  static func maskFlow(for source: LayerSource) throws(KerasFormatError) -> MaskFlow {
    guard try source.configuration.flag("mask_zero", default: false) else { return .dropped }
    guard source.inputs[0].rank == 2 else {
      throw source.configuration.unsupported(
        "mask_zero", "with items of \(source.inputs[0].item)", hint: "mask sequences of single indices only")
    }
    return .made(MaskLayer(.indexOtherThanZero))
  }
}
