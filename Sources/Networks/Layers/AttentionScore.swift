import Foundation
import TensorCore

/// How well a key fits a query.
public enum AttentionScore: Sendable {
  /// `scale * sum over c of q[c] * k[c]` (Luong et al. 2015).
  case product(scale: Float, isTrained: Bool)
  /// `weight * sum over c of scale[c] * tanh(inner * (q[c] + k[c]))` (Bahdanau et al. 2015).
  ///
  /// `scale` has one element per channel, or is empty for ones. `parameters` is the number of trained numbers.
  case sum(scale: [Float], inner: Float, weight: Float, parameters: Int)

  /// The number of trained numbers.
  var parameterCount: Int {
    switch self {
    case .product(_, let isTrained): isTrained ? 1 : 0
    case .sum(_, _, _, let parameters): parameters
    }
  }

  /// The number of channels that queries must have, where it is fixed.
  var channels: Int? {
    if case .sum(let scale, _, _, _) = self, !scale.isEmpty { scale.count } else { nil }
  }

  /// `[batch, queries, keys]` for queries `[batch, queries, channels]` and keys `[batch, keys, channels]`.
  func callAsFunction(query: Tensor, key: Tensor) -> Tensor {
    switch self {
    case .product(let scale, _): return query.matrixProduct(key.matrixTransposed) * scale
    case .sum(let scale, let inner, let weight, _):
      var scores = [Float](repeating: 0, count: query.shape[0] * query.shape[1] * key.shape[1])
      Self.forPairs(query, key) { pair, channel, q, k in
        scores[pair] += weight * (scale.isEmpty ? 1 : scale[channel]) * tanhf(inner * (q.value + k.value))
      }
      return Tensor([query.shape[0], query.shape[1], key.shape[1]], scores)
    }
  }

  /// The cotangents of queries and keys.
  func pullback(_ cotangent: Tensor, query: Tensor, key: Tensor) -> (query: Tensor, key: Tensor) {
    switch self {
    case .product(let scale, _):
      let scaled = cotangent * scale
      return (scaled.matrixProduct(key), scaled.matrixTransposed.matrixProduct(query))
    case .sum(let scale, let inner, let weight, _):
      let arriving = cotangent.values
      var (queries, keys) = (
        [Float](repeating: 0, count: query.count), [Float](repeating: 0, count: key.count)
      )
      Self.forPairs(query, key) { pair, channel, q, k in
        let height = tanhf(inner * (q.value + k.value))
        let slope = weight * (scale.isEmpty ? 1 : scale[channel]) * inner * (1 - height * height)
        queries[q.index] += arriving[pair] * slope
        keys[k.index] += arriving[pair] * slope
      }
      return (Tensor(query.shape, queries), Tensor(key.shape, keys))
    }
  }

  /// Visits every channel of every pair of a query and a key.
  private static func forPairs(
    _ query: Tensor, _ key: Tensor,
    _ body: (Int, Int, (index: Int, value: Float), (index: Int, value: Float)) -> Void
  ) {
    let (queries, keys, channels) = (query.shape[1], key.shape[1], query.shape[2])
    query.withValues { q in
      key.withValues { k in
        for pair in 0..<(query.shape[0] * queries * keys) {
          let (row, item) = (pair / keys, pair / (queries * keys))
          for channel in 0..<channels {
            let (i, j) = (row * channels + channel, (item * keys + pair % keys) * channels + channel)
            body(pair, channel, (i, q[i]), (j, k[j]))
          }
        }
      }
    }
  }
}
