extension Tensor {
  /// The tensor with cells of one value added around its spatial axes, as many as `margins` says for every axis.
  public func padded(by margins: [Padding.Margin], with value: Float = 0) -> Tensor {
    let spatial = zip(shape.spatial, margins).map { $0 + $1.low + $1.high }
    var result = Tensor(
      Shape(batch: shape.batch, spatial: spatial, channels: shape.channels), repeating: value)
    let outer = result.shape
    result.withMutableValues { target in
      withValues { source in
        forEachRun(of: shape, inside: outer, margins) { inside, outside, count in
          for offset in 0..<count { target[outside + offset] = source[inside + offset] }
        }
      }
    }
    return result
  }

  /// The tensor without the given margins of its spatial axes: the pullback of padding.
  public func cropped(by margins: [Padding.Margin]) -> Tensor {
    let spatial = zip(shape.spatial, margins).map { $0 - $1.low - $1.high }
    precondition(spatial.allSatisfy { $0 >= 0 }, "margins \(margins) are wider than \(shape)")
    let inner = Shape(batch: shape.batch, spatial: spatial, channels: shape.channels)
    return Tensor(inner) { target in
      withValues { source in
        forEachRun(of: inner, inside: shape, margins) { inside, outside, count in
          for offset in 0..<count {
            target.initializeElement(at: inside + offset, to: source[outside + offset])
          }
        }
      }
    }
  }
}

/// Visits the runs of `inner` along its innermost spatial axis, with their offsets in `inner` and in `outer` around it.
private func forEachRun(
  of inner: Shape, inside outer: Shape, _ margins: [Padding.Margin],
  _ body: (_ inside: Int, _ outside: Int, _ count: Int) -> Void
) {
  let spatial = inner.spatial
  let run = (spatial.last ?? 1) * inner.channels
  let lines = inner.batch * spatial.dropLast().reduce(1, *)
  guard run > 0 else { return }
  for line in 0..<lines {
    var rest = line
    var outside = (margins.last?.low ?? 0) * outer.channels
    var scale = (outer.spatial.last ?? 1) * outer.channels
    for axis in spatial.indices.dropLast().reversed() {
      outside += (rest % spatial[axis] + margins[axis].low) * scale
      scale *= outer.spatial[axis]
      rest /= spatial[axis]
    }
    body(line * run, outside + rest * scale, run)
  }
}
