import TensorCore

/// A scale and a shift per channel: batch normalisation at inference, or what scales after another normalisation.
public struct NormalizationLayer: Layer {
  /// The scale and the shift.
  public let scaling: ChannelScaling
  /// The number of trained numbers that the scale and the shift were made from.
  public let parameterCount: Int
  /// The batch normalisation that the scale and the shift were made from, if they were.
  public let batchNormalization: BatchNormalization?
  private let trains: (scale: Bool, offset: Bool)

  /// Creates a layer from a scaling.
  ///
  /// - Parameters:
  ///   - scaling: The scale and the shift per channel.
  ///   - parameterCount: The number of trained numbers that they were made from; with none they are fixed.
  ///   - trainsScale: Whether the scale is trained.
  ///   - trainsOffset: Whether the offset is trained.
  public init(
    _ scaling: ChannelScaling, parameterCount: Int, trainsScale: Bool = true, trainsOffset: Bool = true
  ) {
    self.scaling = scaling
    self.parameterCount = parameterCount
    batchNormalization = nil
    trains = (parameterCount > 0 && trainsScale, parameterCount > 0 && trainsOffset)
  }

  /// Creates a layer from a batch normalisation.
  public init(_ batchNormalization: BatchNormalization) {
    scaling = batchNormalization.scaling
    parameterCount = batchNormalization.parameterCount
    self.batchNormalization = batchNormalization
    trains = (batchNormalization.gamma != nil, batchNormalization.beta != nil)
  }

  /// The factors that are trained, or `nil` when the layer has none.
  package var trainedScale: [Float]? { trains.scale ? batchNormalization?.gamma ?? scaling.scale : nil }

  /// The summands that are trained, or `nil` when the layer has none.
  package var trainedOffset: [Float]? { trains.offset ? scaling.offset : nil }

  /// What the factors are divided by to give the scale.
  var divisors: [Double] {
    guard let batch = batchNormalization else { return scaling.scale.map { _ in 1 } }
    return batch.variance.map { (Double($0) + batch.epsilon).squareRoot() }
  }

  /// The same layer with other trained numbers.
  ///
  /// - Parameters:
  ///   - scale: The new factors, where they are trained.
  ///   - offset: The new summands, where they are trained.
  /// - Returns: The layer.
  func replacing(scale: [Float]?, offset: [Float]?) -> NormalizationLayer {
    if var batch = batchNormalization {
      batch.gamma = scale
      batch.beta = offset
      return NormalizationLayer(batch)
    }
    let factors = scale ?? scaling.scale
    let ones = [Float](repeating: 1, count: factors.count)
    return NormalizationLayer(
      ChannelScaling(
        gamma: factors, beta: offset ?? scaling.offset, mean: scaling.center, variance: ones, epsilon: 0),
      parameterCount: parameterCount, trainsScale: trains.scale, trainsOffset: trains.offset)
  }

  /// The kind of layer.
  public var role: LayerRole { .normalization }

  /// The shape of the input.
  ///
  /// - Throws: `GeometryError` when the input has another number of channels.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    guard inputs[0].channels == scaling.scale.count else {
      throw .channelMismatch(expected: scaling.scale.count, found: inputs[0].channels)
    }
    return inputs[0]
  }

  /// The scaled and shifted input.
  public func forward(_ inputs: [Tensor]) -> Tensor { scaling(inputs[0]) }

  /// The scaled cotangent.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] { [scaling.pullback(cotangent)] }
}
