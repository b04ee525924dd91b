import Foundation

/// The softmax over the channels of every position, with a pullback that does not cancel.
///
///     p[i] = exp(x[i]) / sum over j of exp(x[j])
///
/// In 32 bits `1 - p` of a confident class rounds to zero and its gradient with it. Both directions therefore run in 64 bits from
/// the logits, and differences to one are taken as sums of the other classes' probabilities.
public enum Softmax {
  /// The probabilities of `[batch, spatial..., channels]` logits.
  public static func callAsFunction(_ logits: Tensor) -> Tensor {
    perPosition(logits) { run in probabilities(of: run).map { Float($0) } }
  }

  /// The cotangent of the logits.
  ///
  ///     g[i] = p[i] * (v[i] - sum over j of p[j] * v[j])
  ///
  /// With the likeliest class m this is `p[i] * ((v[i] - v[m]) - sum over j other than m of p[j] * (v[j] - v[m]))`, in which nothing
  /// cancels when v singles out one class.
  ///
  /// - Parameters:
  ///   - cotangent: The cotangent of the probabilities.
  ///   - logits: The input of the softmax.
  /// - Returns: A tensor of the logits' shape.
  public static func pullback(_ cotangent: Tensor, at logits: Tensor) -> Tensor {
    let channels = logits.shape.channels
    return cotangent.withValues { upstream in
      var next = 0
      return perPosition(logits) { run in
        let cotangents = upstream[next..<(next + channels)].map { Double($0) }
        next += channels
        return pullback(cotangents, at: run).map { Float($0) }
      }
    }
  }

  /// The probabilities of one run of logits, in 64 bits.
  public static func probabilities(of logits: some Collection<Float>) -> [Double] {
    let largest = Double(logits.max() ?? 0)
    let powers = logits.map { exp(Double($0) - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// The cotangents of one run of logits, in 64 bits.
  public static func pullback(_ cotangents: [Double], at logits: some Collection<Float>) -> [Double] {
    let p = probabilities(of: logits)
    guard let likeliest = p.indices.max(by: { p[$0] < p[$1] }) else { return [] }
    let reference = cotangents[likeliest]
    var mean = 0.0
    for index in p.indices where index != likeliest { mean += p[index] * (cotangents[index] - reference) }
    return p.indices.map { p[$0] * ((cotangents[$0] - reference) - mean) }
  }

  private static func perPosition(
    _ logits: Tensor, _ function: (Slice<UnsafeBufferPointer<Float>>) -> [Float]
  ) -> Tensor {
    let channels = logits.shape.channels
    return Tensor(logits.shape) { target in
      logits.withValues { values in
        for start in stride(from: 0, to: values.count, by: max(channels, 1)) {
          for (index, value) in function(values[start..<(start + channels)]).enumerated() {
            target.initializeElement(at: start + index, to: value)
          }
        }
      }
    }
  }
}
