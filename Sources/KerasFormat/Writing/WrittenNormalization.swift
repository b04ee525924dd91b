import Networks
import TensorCore

extension NormalizationLayer: KerasWritable {
  /// Added to the variance; a power of two, so that one less epsilon and epsilon give exactly one.
  private static let epsilon: Float = 0x1p-10

  /// `BatchNormalization` with the scale as gamma, the offset as beta, the center as mean, and variances that change nothing.
  func written(for inputs: [Shape]) -> WrittenLayer {
    let channels: Shape = [scaling.scale.count]
    let weights: [(String, [Float])] = [
      ("gamma", scaling.scale), ("beta", scaling.offset),
      ("moving_mean", scaling.center),
      ("moving_variance", scaling.scale.map { _ in 1 - Self.epsilon }),
    ]
    return WrittenLayer(
      "BatchNormalization",
      [
        "axis": .integer(-1), "momentum": .number(0.99), "epsilon": .number(Double(Self.epsilon)),
        "center": .boolean(true), "scale": .boolean(true),
      ], weights: weights.map { WrittenLayer.Weight(name: $0, values: Tensor(channels, $1)) })
  }
}
