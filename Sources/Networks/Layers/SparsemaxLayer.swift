import TensorCore

/// The projection of the channels of every position onto the probabilities, in 64 bits (Martins and Astudillo 2016).
///
///     y[i] = max(x[i] - t, 0)     with the t for which the sum over i is one
public struct SparsemaxLayer: Layer {
  /// Creates a layer.
  public init() {}

  /// The kind of layer.
  public var role: LayerRole { .softmax }

  /// The shape of the input.
  public func outputShape(for inputs: [Shape]) -> Shape { inputs[0] }

  /// The projections.
  public func forward(_ inputs: [Tensor]) -> Tensor {
    perPosition(inputs[0]) { values, _ in
      let threshold = Self.threshold(of: values)
      return values.map { Float(max(Double($0) - threshold, 0)) }
    }
  }

  /// The cotangent less its mean over the channels above zero, and zero for the others.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    let upstream = cotangent.values
    let result = perPosition(site.inputs[0]) { values, range in
      let threshold = Self.threshold(of: values)
      let isSupported = values.map { Double($0) > threshold }
      let supported = zip(upstream[range], isSupported).filter(\.1)
      let mean = supported.reduce(0) { $0 + Double($1.0) } / Double(max(supported.count, 1))
      return zip(upstream[range], isSupported).map { $1 ? Float(Double($0) - mean) : 0 }
    }
    return [result]
  }

  /// Of the largest k values the sum less one, divided by k, for the largest k whose smallest value still lies above that.
  private static func threshold(of values: ArraySlice<Float>) -> Double {
    var sum = 0.0
    var threshold = 0.0
    for (index, value) in values.sorted(by: >).enumerated() {
      sum += Double(value)
      let candidate = (sum - 1) / Double(index + 1)
      guard Double(value) > candidate else { break }
      threshold = candidate
    }
    return threshold
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
