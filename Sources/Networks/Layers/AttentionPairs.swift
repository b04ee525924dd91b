import TensorCore

/// Which queries may see which values.
struct AttentionPairs {
  /// `[batch, queries, values]`.
  var shape: Shape
  /// Masks of the queries, `[batch, queries, 1]`.
  var queryMasks: [Tensor] = []
  /// Masks of the values, `[batch, values, 1]`.
  var valueMasks: [Tensor] = []
  /// Whether a query sees no value that comes after it.
  var isCausal = false

  /// Ones and zeros of the shape, or nothing when all may see all.
  var tensor: Tensor? {
    guard isCausal || !queryMasks.isEmpty || !valueMasks.isEmpty else { return nil }
    let (queries, values) = (shape[1], shape[2])
    var result = Tensor(shape, repeating: 1)
    let (queryFlags, valueFlags) = (queryMasks.map(\.values), valueMasks.map(\.values))
    result.withMutableValues { target in
      for index in target.indices {
        let (item, query, value) = (index / (queries * values), index / values % queries, index % values)
        let isSeen =
          (!isCausal || value <= query) && queryFlags.allSatisfy { $0[item * queries + query] != 0 }
          && valueFlags.allSatisfy { $0[item * values + value] != 0 }
        if !isSeen { target[index] = 0 }
      }
    }
    return result
  }
}
