import TensorCore

/// The mask of a sequence: one where a position counts, zero where it is to be left out.
public struct MaskLayer: Layer {
  /// What makes a position count.
  public enum Rule: Sendable, Equatable {
    /// One of its channels differs from a value: `[batch, spatial..., channels]` becomes `[batch, spatial..., 1]`.
    case anyChannel(differsFrom: Float)
    /// It is an index other than zero: `[batch, time]` becomes `[batch, time, 1]`.
    case indexOtherThanZero
  }

  /// What makes a position count.
  public let rule: Rule

  /// Creates a layer.
  public init(_ rule: Rule) { self.rule = rule }

  /// The kind of layer.
  public var role: LayerRole { .mask }

  /// The input's positions with one channel.
  public func outputShape(for inputs: [Shape]) -> Shape {
    switch rule {
    case .anyChannel: inputs[0].with(channels: 1)
    case .indexOtherThanZero: Shape(inputs[0].extents + [1])
    }
  }

  /// Ones and zeros.
  public func forward(_ inputs: [Tensor]) -> Tensor {
    let input = inputs[0]
    let shape = outputShape(for: [input.shape])
    switch rule {
    case .indexOtherThanZero: return input.map { $0 != 0 ? 1 : 0 }.reshaped(to: shape)
    case .anyChannel(let value):
      return input.map { $0 != value ? 1 : 0 }.overChannels(.maximumMagnitude).reshaped(to: shape)
    }
  }

  /// Zeros: a mask is constant almost everywhere.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] { [Tensor(site.inputs[0].shape)] }
}
