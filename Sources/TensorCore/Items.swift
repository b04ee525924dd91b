extension Tensor {
  /// The items `range` of the batch, as a batch of their own.
  public func items(_ range: Range<Int>) -> Tensor {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= shape.batch,
      "items \(range) are not in a batch of \(shape)")
    let size = shape.itemCount
    return Tensor(shape.with(batch: range.count)) { target in
      withValues { source in
        _ = target.initialize(from: source[(range.lowerBound * size)..<(range.upperBound * size)])
      }
    }
  }

  /// One item of the batch, as a batch of one.
  public func item(_ index: Int) -> Tensor { items(index..<(index + 1)) }

  /// One batch of all items of several batches of equal item shape.
  public init(joining batches: [Tensor]) {
    precondition(!batches.isEmpty, "nothing to join")
    let item = batches[0].shape.with(batch: 1)
    for batch in batches {
      precondition(
        batch.shape.with(batch: 1) == item, "items of \(batch.shape) and of \(item) do not share a batch")
    }
    self.init(item.with(batch: batches.reduce(0) { $0 + $1.shape.batch })) { target in
      var rest = target[...]
      for batch in batches {
        batch.withValues { source in
          let next = rest.initialize(fromContentsOf: source)
          rest = rest[next...]
        }
      }
    }
  }
}
