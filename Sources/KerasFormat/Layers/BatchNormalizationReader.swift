import Networks
import TensorCore

/// `BatchNormalization` over the channels.
enum BatchNormalizationReader: KerasLayer {
  static let classNames = ["BatchNormalization"]

  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer] {
    let configuration = source.configuration
    try requireLastAxis(source)
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
    let scaling = ChannelScaling(gamma: gamma, beta: beta, mean: mean, variance: variance, epsilon: epsilon)
    let parameters = source.channels * (2 + (gamma == nil ? 0 : 1) + (beta == nil ? 0 : 1))
    return [NormalizationLayer(scaling, parameterCount: parameters)]
  }

  /// The axis is a number or a list of one, counted from the front with the batch axis or from the back.
  private static func requireLastAxis(_ source: LayerSource) throws(KerasFormatError) {
    guard let value = source.configuration.values["axis"] else { return }
    let axis = value.wholeNumber ?? (value.elements?.count == 1 ? value.elements?[0].wholeNumber : nil)
    guard axis == -1 || axis == source.inputs[0].rank - 1 else {
      throw source.configuration.unsupported(
        "the axis", axis.map(String.init) ?? value.summary,
        hint: "only the last axis, the channels, can be normalised")
    }
  }
}
