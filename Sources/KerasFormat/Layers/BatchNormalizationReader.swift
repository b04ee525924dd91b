import Networks
import TensorCore

/// `BatchNormalization` of one axis.
enum BatchNormalizationReader: KerasLayer {
  static let classNames = ["BatchNormalization", "SyncBatchNormalization"]

  static func order(of configuration: LayerConfiguration, rank: Int) throws(KerasFormatError) -> AxisOrder {
    guard try configuration.axes("axis", rank: rank, default: [-1]).count == 1 else {
      throw configuration.wrong("axis", expected: "one axis")
    }
    return try configuration.orderOfAxes("axis", rank: rank)
  }

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let configuration = source.configuration
    let shape = [source.channels]
    let gamma =
      try configuration.flag("scale", default: true)
      ? source.weights.tensor("gamma", shape: shape).values : nil
    let beta =
      try configuration.flag("center", default: true)
      ? source.weights.tensor("beta", shape: shape).values : nil
    let mean = try source.weights.tensor("moving_mean", shape: shape).values
    let variance = try source.weights.tensor("moving_variance", shape: shape).values
    let epsilon = try configuration.number("epsilon", default: 1e-3)
    guard variance.allSatisfy({ Double($0) + epsilon > 0 }) else {
      throw configuration.unsupported(
        "moving variances", "of which one is not above zero", hint: "save the model again after training it")
    }
    let momentum = try configuration.number("momentum", default: 0.99)
    return [
      NormalizationLayer(
        BatchNormalization(
          gamma: gamma, beta: beta, mean: mean, variance: variance, epsilon: epsilon, momentum: momentum))
    ]
  }
}
