import TensorCore

/// The activation `sparsemax` of Keras 3 over the channels of every position, in 64 bits.
///
///     y[i] = max(x[i] - t, 0)     t = (s[1] + ... + s[k] - 1) / k     s[j] = sum of the j largest x
///
/// where k is the largest number whose k-th largest value is above `(s[k] - 1) / k`. In the paper (Martins and Astudillo 2016) the
/// threshold is `(s[k] - 1) / k`, which makes the sum over y one; Keras 3.15 adds up all partial sums instead, and models were
/// trained with that.
public struct SparsemaxLayer: Layer {
  /// Creates a layer.
  public init() {}

  /// The kind of layer.
  public var role: LayerRole { .activation }

  /// The shape of the input.
  public func outputShape(for inputs: [Shape]) -> Shape { inputs[0] }

  /// The values above the threshold, less the threshold.
  public func forward(_ inputs: [Tensor]) -> Tensor {
    perPosition(inputs[0]) { values, _ in
      let threshold = Threshold(of: values)
      return values.map { Float(max(Double($0) - threshold.value, 0)) }
    }
  }

  /// The cotangents of the values above the threshold, less what the threshold takes back from the k largest.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    let upstream = cotangent.values
    let result = perPosition(site.inputs[0]) { values, range in
      let threshold = Threshold(of: values)
      var pulled = zip(values, upstream[range]).map { Double($0) > threshold.value ? Double($1) : 0 }
      let total = pulled.reduce(0, +)
      let count = threshold.largest.count
      for (rank, index) in threshold.largest.enumerated() {
        pulled[index] -= total * Double(count - rank) / Double(count)
      }
      return pulled.map { Float($0) }
    }
    return [result]
  }

  /// The threshold of one position.
  private struct Threshold {
    /// The positions of the k largest values, the largest first.
    var largest: [Int] = []
    var value = 0.0

    init(of run: ArraySlice<Float>) {
      let values = run.map { Double($0) }
      let order = values.indices.sorted { (values[$1], $0) < (values[$0], $1) }
      var (sum, sums) = (0.0, 0.0)
      for (rank, index) in order.enumerated() {
        sum += values[index]
        guard values[index] > (sum - 1) / Double(rank + 1) else { break }
        sums += sum
        largest.append(index)
      }
      value = (sums - 1) / Double(max(largest.count, 1))
    }
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
