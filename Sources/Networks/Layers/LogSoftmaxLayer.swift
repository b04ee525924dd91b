import Foundation
import TensorCore

/// The logarithm of the softmax over the channels of every position, in 64 bits.
///
///     y[i] = x[i] - log(sum over j of exp(x[j]))
public struct LogSoftmaxLayer: Layer {
  /// Creates a layer.
  public init() {}

  /// The kind of layer.
  public var role: LayerRole { .softmax }

  /// The shape of the input.
  public func outputShape(for inputs: [Shape]) -> Shape { inputs[0] }

  /// The logarithms of the probabilities.
  public func forward(_ inputs: [Tensor]) -> Tensor {
    perPosition(inputs[0]) { logits, _ in
      let largest = Double(logits.max() ?? 0)
      let total = largest + log(logits.reduce(0) { $0 + exp(Double($1) - largest) })
      return logits.map { Float(Double($0) - total) }
    }
  }

  /// The cotangent of the logits: `g[i] = v[i] - p[i] * sum over j of v[j]`.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    let upstream = cotangent.values
    let result = perPosition(site.inputs[0]) { logits, range in
      let sum = upstream[range].reduce(0) { $0 + Double($1) }
      return zip(upstream[range], Softmax.probabilities(of: logits)).map { Float(Double($0) - $1 * sum) }
    }
    return [result]
  }

  private func perPosition(
    _ input: Tensor, _ function: (ArraySlice<Float>, Range<Int>) -> [Float]
  ) -> Tensor {
    let values = input.values
    let channels = max(input.shape.channels, 1)
    return Tensor(
      input.shape,
      stride(from: 0, to: values.count, by: channels).flatMap { start in
        function(values[start..<(start + channels)], start..<(start + channels))
      })
  }
}
