import TensorCore

/// Noise: nothing at inference; in training random numbers are added.
public struct GaussianNoiseLayer: Layer {
  /// The standard deviation of what is added in training.
  public let deviation: Double

  /// Creates a layer.
  ///
  /// - Parameter deviation: The standard deviation of what is added in training, not below zero.
  public init(deviation: Double) {
    precondition(deviation >= 0 && deviation.isFinite, "noise has no deviation of \(deviation)")
    self.deviation = deviation
  }

  /// The kind of layer.
  public var role: LayerRole { .identity }

  /// The shape of the input.
  public func outputShape(for inputs: [Shape]) -> Shape { inputs[0] }

  /// The input.
  public func forward(_ inputs: [Tensor]) -> Tensor { inputs[0] }

  /// The cotangent.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] { [cotangent] }
}

extension GaussianNoiseLayer: TrainingModeLayer {
  /// The layer with the draws of one step.
  public func inTraining(seed: UInt32) -> any Layer {
    AddingNoiseLayer(deviation: deviation, seed: seed)
  }
}

/// Noise with the draws of one step: those of one item after the other from NumPy's stream of the seed.
private struct AddingNoiseLayer: Layer {
  let deviation: Double
  let seed: UInt32
  var role: LayerRole { .identity }

  func outputShape(for inputs: [Shape]) -> Shape { inputs[0] }

  func forward(_ inputs: [Tensor]) -> Tensor {
    var random = NumPyLegacyRandom(seed: seed)
    return inputs[0].withValues { source in
      Tensor(
        inputs[0].shape, source.map { Float(Double($0) + random.normal(mean: 0, deviation: deviation)) })
    }
  }

  func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] { [cotangent] }
}
