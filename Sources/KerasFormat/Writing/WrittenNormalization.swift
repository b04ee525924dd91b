import Networks
import TensorCore

extension NormalizationLayer: KerasWritable {
  /// Added to the variance; a power of two, so that one less epsilon and epsilon give exactly one.
  private static let epsilon: Float = 0x1p-10

  /// `BatchNormalization` with the arrays that the layer was made from; for another scaling with the scale as gamma, the offset as beta,
  /// the center as mean, and variances that change nothing.
  func written(for inputs: [Shape]) -> WrittenLayer {
    let batch =
      batchNormalization
      ?? BatchNormalization(
        gamma: scaling.scale, beta: scaling.offset, mean: scaling.center,
        variance: scaling.scale.map { _ in 1 - Self.epsilon }, epsilon: Double(Self.epsilon))
    let weights: [(String, [Float]?)] = [
      ("gamma", batch.gamma), ("beta", batch.beta), ("moving_mean", batch.mean),
      ("moving_variance", batch.variance),
    ]
    return WrittenLayer(
      "BatchNormalization",
      [
        "axis": .integer(-1), "momentum": .number(batch.momentum), "epsilon": .number(batch.epsilon),
        "center": .boolean(batch.beta != nil), "scale": .boolean(batch.gamma != nil),
      ],
      weights: weights.compactMap { name, values in
        values.map { WrittenLayer.Weight(name: name, values: Tensor([$0.count], $0)) }
      })
  }
}
