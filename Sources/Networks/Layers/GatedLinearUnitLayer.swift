import TensorCore

/// The first half of the channels times the logistic function of the second half.
///
///     y[..., c] = x[..., c] / (1 + exp(-x[..., c + C]))     with 2 C channels in x
public struct GatedLinearUnitLayer: Layer {
  /// Creates a layer.
  public init() {}

  /// The kind of layer.
  public var role: LayerRole { .activation }

  /// The shape of the input with half as many channels.
  ///
  /// - Throws: `GeometryError` when the number of channels is odd.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    guard inputs[0].channels % 2 == 0 else {
      throw .groupMismatch(channels: inputs[0].channels, groups: 2)
    }
    return inputs[0].with(channels: inputs[0].channels / 2)
  }

  /// The gated half of the channels.
  public func forward(_ inputs: [Tensor]) -> Tensor {
    let channels = inputs[0].shape.channels / 2
    return Tensor(inputs[0].shape.with(channels: channels)) { target in
      inputs[0].withValues { values in
        for index in 0..<target.count {
          let position = index + index / channels * channels
          target.initializeElement(
            at: index, to: values[position] * Activation.sigmoid.value(at: values[position + channels]))
        }
      }
    }
  }

  /// The cotangents of both halves.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    let channels = cotangent.shape.channels
    let result = Tensor(site.inputs[0].shape) { target in
      site.inputs[0].withValues { values in
        cotangent.withValues { upstream in
          for index in 0..<upstream.count {
            let position = index + index / channels * channels
            let gate = values[position + channels]
            target.initializeElement(
              at: position, to: upstream[index] * Activation.sigmoid.value(at: gate))
            target.initializeElement(
              at: position + channels,
              to: upstream[index] * values[position] * Activation.sigmoid.derivative(at: gate))
          }
        }
      }
    }
    return [result]
  }
}
