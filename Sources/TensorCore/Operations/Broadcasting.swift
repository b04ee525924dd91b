/// Element-wise functions of two tensors of which one is repeated along the axes where it has extent 1.
public enum Broadcasting {
  /// The shape that two shapes broadcast to, aligned at the last axis; `nil` when they do not fit.
  public static func shape(_ a: Shape, _ b: Shape) -> Shape? {
    let rank = max(a.rank, b.rank)
    let pairs = zip(a.aligned(to: rank), b.aligned(to: rank))
    guard pairs.allSatisfy({ $0 == $1 || $0 == 1 || $1 == 1 }) else { return nil }
    return Shape(pairs.map { $0 == 1 ? $1 : $0 })
  }
}

extension Tensor {
  /// The tensor whose elements are a function of this one's and another's, after both were broadcast to one shape.
  ///
  /// - Parameters:
  ///   - other: A tensor whose shape fits this one's by the rule of `Broadcasting.shape`.
  ///   - function: The function of two elements.
  /// - Returns: `[Broadcasting.shape]`.
  public func broadcast(with other: Tensor, _ function: @Sendable (Float, Float) -> Float) -> Tensor {
    if shape == other.shape { return combined(with: other, function) }
    guard let target = Broadcasting.shape(shape, other.shape) else {
      preconditionFailure("tensors of \(shape) and \(other.shape) do not broadcast")
    }
    return expanded(to: target).combined(with: other.expanded(to: target), function)
  }

  /// The tensor repeated along its axes of extent 1 until it has a shape.
  public func expanded(to target: Shape) -> Tensor {
    if shape == target { return self }
    let strides = shape.broadcastStrides(to: target)
    return Tensor(target) { destination in
      withValues { source in
        target.forEachOffset(strides) { destination.initializeElement(at: $0, to: source[$1]) }
      }
    }
  }

  /// The transpose of `expanded`: the sums, accumulated in 64 bits, over the axes along which a shape is repeated.
  public func summed(to target: Shape) -> Tensor {
    if shape == target { return self }
    var sums = [Double](repeating: 0, count: target.count)
    withValues { source in
      shape.forEachOffset(target.broadcastStrides(to: shape)) { sums[$1] += Double(source[$0]) }
    }
    return Tensor(target, sums.map { Float($0) })
  }
}

extension Shape {
  /// The extents behind as many ones as the rank asks for.
  fileprivate func aligned(to rank: Int) -> [Int] { Array(repeating: 1, count: rank - self.rank) + extents }

  /// The distance between neighbours along every axis of a larger shape: none where this one is repeated.
  fileprivate func broadcastStrides(to target: Shape) -> [Int] {
    var strides: [Int] = []
    var stride = 1
    for extent in aligned(to: target.rank).reversed() {
      strides.append(extent == 1 ? 0 : stride)
      stride *= extent
    }
    return strides.reversed()
  }

  /// Visits every element in row-major order with its index and its place by other strides.
  func forEachOffset(_ strides: [Int], from start: Int = 0, _ body: (Int, Int) -> Void) {
    guard count > 0 else { return }
    var position = [Int](repeating: 0, count: rank)
    var place = start
    for index in 0..<count {
      body(index, place)
      var axis = rank - 1
      while axis >= 0 {
        position[axis] += 1
        place += strides[axis]
        if position[axis] < extents[axis] { break }
        place -= strides[axis] * extents[axis]
        position[axis] = 0
        axis -= 1
      }
    }
  }

  /// The distance between neighbours along every axis, in elements.
  var strides: [Int] {
    var strides: [Int] = []
    var stride = 1
    for extent in extents.reversed() {
      strides.append(stride)
      stride *= extent
    }
    return strides.reversed()
  }
}
